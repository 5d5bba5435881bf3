import { DAY } from "@patchpilot/time";
import { describe, expect, it } from "vitest";
import { addPostHog, POSTHOG_INPUTS } from "../../worlds/providers.ts";
import { type ActionRun, impact } from "../../worlds/run-actions.ts";
import { addIncident, createTestWorld, SHOP, type TestWorld } from "../../worlds/world.ts";

/** GitHub and PostHog on one clock: checkouts fell on the day that an incident was accepted. */
function startWorld(episode = 1) {
  const test = createTestWorld();
  const posthog = addPostHog(test);
  const firstSeen = new Date(test.clock.now() - DAY).toISOString();
  return { test, posthog, issue: addIncident(test, { firstSeen, episode }) };
}

const runImpact = (test: TestWorld, { inputs, ...options }: Partial<ActionRun> = {}) =>
  impact(test, {
    runId: 1,
    permissions: { issues: "write" },
    ...options,
    inputs: { ...POSTHOG_INPUTS, ...inputs },
  });

const writesOf = ({ simulator }: TestWorld) =>
  simulator.requests.filter(
    ({ method, operation }) => method !== "GET" && /mutation|create|update/i.test(operation),
  );

describe("impact on a simulated GitHub and PostHog", () => {
  it("finds what waits for dispatch, counts it, and comments with `issues: write` alone", async () => {
    const { test, posthog, issue } = startWorld();
    const { outputs, lines } = await runImpact(test);
    expect(outputs.impact).toEqual([
      {
        issue,
        events: [
          { event: "checkout", current: 40, baseline: 160, change: -0.75, actors: 40, baselineActors: 160 },
        ],
        summary: expect.stringContaining("`checkout` fell by 75 % (40, was 160)"),
      },
    ]);
    expect(lines.filter(({ level }) => level !== "info")).toEqual([]);
    expect(posthog.violations).toEqual([]);
    expect(posthog.requests).toHaveLength(1);
  });

  it("counts what came back from its new acceptance on, not from the first error of all", async () => {
    const { test } = startWorld(2);
    test.clock.advance(2 * 3_600_000);
    const { outputs } = await runImpact(test);
    expect(outputs.impact[0]?.summary).toContain("from 21 November, 09:00 to 10:55 UTC");
  });

  it("takes an issue of the workflow's repository for none of another one that holds the incidents", async () => {
    const { test, issue } = startWorld();
    const elsewhere = { repository: "acme/app", event: { issue: { number: 999 } } };
    const { outputs } = await runImpact(test, { inputs: { repository: SHOP }, ...elsewhere });
    expect(outputs.issues).toEqual([issue]);
  });

  it("reads its own record in the next run, so that it asks and writes nothing", async () => {
    const { test, posthog } = startWorld();
    const first = await runImpact(test);
    const writes = writesOf(test).length;
    const second = await runImpact(test);
    expect(second.outputs).toEqual(first.outputs);
    expect([writesOf(test).length, writes, posthog.requests.length]).toEqual([1, 1, 1]);
  });

  it("names the permission that is missing", async () => {
    const { lines } = await runImpact(startWorld().test, { permissions: { issues: "read" } });
    expect(lines).toContainEqual({
      level: "warning",
      text: expect.stringMatching(/issues: write|not accessible/i),
    });
  });
});
