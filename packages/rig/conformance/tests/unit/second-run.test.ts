import type { Outcome } from "@patchpilot/action-kit";
import { PHASES } from "@patchpilot/incident";
import { assertNoViolations } from "@patchpilot/simulators/github";
import { describe, expect, test } from "vitest";
import { addPostHog, POSTHOG_INPUTS, SENTRY_INPUTS } from "../../worlds/providers.ts";
import { impact, perfScan } from "../../worlds/run-actions.ts";
import { recordSlowDays } from "../../worlds/slow-shop.ts";
import { openWalk, REACH, type Walk } from "../../worlds/walk.ts";

type Again = () => Promise<Outcome>;

/** What asks GitHub to change something; a dispatch changes nothing that counts as a version. */
const isWrite = ({ method, operation }: { readonly method: string; readonly operation: string }): boolean =>
  method !== "GET" && !operation.startsWith("query");

/** Runs twice at the same moment. @returns the writes of the second run */
async function writesOfSecondRun({ test: { simulator, world } }: Walk, run: Again): Promise<string[]> {
  await run();
  const [asked, version] = [simulator.requests.length, world.versions.current];
  await run();
  assertNoViolations(simulator);
  const writes = simulator.requests
    .slice(asked)
    .filter(isWrite)
    .map(({ operation }) => operation);
  return world.versions.current === version ? writes : [...writes, "something changed"];
}

const SCHEDULED: Readonly<Record<string, (walk: Walk) => Again>> = {
  intake: (walk) => walk.intake,
  impact: (walk) => {
    addPostHog(walk.test);
    return () => impact(walk.test, { runId: "impact", inputs: POSTHOG_INPUTS });
  },
  "perf-scan": (walk) => {
    recordSlowDays(walk.sentry, walk.test.clock.now());
    return () => perfScan(walk.test, { runId: "scan", inputs: SENTRY_INPUTS });
  },
  dispatch: (walk) => () => walk.tick(),
  "verify-recovery": (walk) => () => walk.verify(),
};

describe.each(Object.entries(SCHEDULED))("a second run of %s writes nothing", (_, actionOf) => {
  test.each(PHASES)("where the incident is %s", async (phase) => {
    const walk = openWalk();
    await REACH[phase](walk);
    walk.pass(5);
    expect(await writesOfSecondRun(walk, actionOf(walk))).toEqual([]);
  });
});

describe("a second run in the repair workflow writes nothing", () => {
  test("of claim", async () => {
    const walk = openWalk();
    await REACH.working(walk);
    const worker = await walk.startWorker();
    expect(await writesOfSecondRun(walk, worker.claimAgain)).toEqual([]);
  });

  test("of propose", async () => {
    const walk = openWalk();
    await REACH.working(walk);
    const worker = await walk.startWorker();
    expect(await writesOfSecondRun(walk, worker.publish)).toEqual([]);
  });
});
