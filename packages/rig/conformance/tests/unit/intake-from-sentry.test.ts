import { MINUTE } from "@patchpilot/time";
import { describe, expect, it } from "vitest";
import { dyingAfter, pausedAfter } from "../../worlds/faulty-wires.ts";
import {
  fail,
  type IntakeOptions,
  type IntakeWorld,
  OPENER,
  readIncident,
  startIntake,
} from "../../worlds/intake-world.ts";
import { openWire } from "../../worlds/run-actions.ts";
import { SHOP } from "../../worlds/world.ts";
import { watchIntakeWorlds } from "./watch-intake-worlds.ts";

const open = watchIntakeWorlds();

/** A shop in which one error happened, of which GitHub knows nothing. */
function openFailing(): IntakeWorld {
  const test = open({ alerts: false });
  fail(test, "total");
  return test;
}

const poll = (test: IntakeWorld, options: IntakeOptions = {}) =>
  startIntake(test, { inputs: { source: "sentry" }, permissions: OPENER, ...options });

const issuesIn = ({ world }: IntakeWorld) => world.repository(SHOP).issues.list();

describe("source: sentry", () => {
  it("opens an issue for what GitHub does not know, accepts it, and does so once", async () => {
    const test = openFailing();
    const first = await poll(test);
    expect(first.outputs.accepted).toEqual([1]);
    const version = test.world.versions.current;
    await poll(test, { runId: 2 });
    expect(test.world.versions.current).toBe(version);
  });

  it("opens at most three in the first run, and the others in the next", async () => {
    const test = open({ alerts: false });
    for (const place of ["total", "tax", "discount", "shipping", "stock"]) fail(test, place);
    const first = await poll(test);
    expect(first.outputs.accepted).toHaveLength(3);
    expect(first.lines).toContainEqual({
      level: "notice",
      text: "2 more passed every filter and wait for a later run: the first run opens at most 3.",
    });
    test.clock.advance(30 * MINUTE);
    const second = await poll(test, { runId: 2 });
    expect(second.outputs.accepted).toHaveLength(5);
  });

  it("opens one issue although two runs race at every request", async () => {
    for (let lead = 0; lead < 12; lead += 1) {
      const test = openFailing();
      const slow = pausedAfter(openWire(test), lead);
      const one = poll(test, { runId: 1, fetch: slow.fetch });
      await slow.paused;
      await poll(test, { runId: 2 });
      slow.resume();
      await one;
      await poll(test, { runId: 3 });
      expect([lead, issuesIn(test).length]).toEqual([lead, 1]);
      expect((await readIncident(test, 1)).phase).toBe("accepted");
    }
  });

  it("finishes what a run that died left behind, wherever it died", async () => {
    for (let last = 1; last < 16; last += 1) {
      const test = openFailing();
      await poll(test, { fetch: dyingAfter(openWire(test), last) }).catch(() => undefined);
      test.clock.advance(20 * MINUTE);
      await poll(test, { runId: 2 });
      await poll(test, { runId: 3 });
      expect([last, issuesIn(test).length]).toEqual([last, 1]);
      expect((await readIncident(test, 1)).phase).toBe("accepted");
    }
  });

  it("asks nothing about an old incident that only the index remembers", async () => {
    const test = openFailing();
    await poll(test);
    test.world.as("maya").closeIssue(1);
    // As after a hundred younger ones: the list of closed incidents does not reach it any more.
    test.world.as("maya").unlabel(1, "patchpilot");
    const before = test.sentry.requests.length;
    await poll(test, { runId: 2 });
    expect(test.sentry.requests.slice(before).map(({ operation }) => operation)).toEqual(["GET /issues/"]);
    expect(issuesIn(test)).toHaveLength(1);
  });

  it("source sentry without contents: write opens nothing and names it", async () => {
    const test = openFailing();
    await expect(startIntake(test, { inputs: { source: "sentry" } })).rejects.toThrow(/contents: write/);
    expect(issuesIn(test)).toEqual([]);
  });
});

describe("the index of source: sentry", () => {
  /** A run that took the key of the first error and died before it opened the issue. */
  const dieHolding = async (test: IntakeWorld): Promise<string> => {
    await poll(test, {
      fetch: (input, init) =>
        String(init?.body).includes("CreateIssueInput")
          ? Promise.reject(new TypeError("fetch failed"))
          : openWire(test)(input, init),
    }).catch(() => undefined);
    const [ref] = test.world.repository("acme/shop").git.refs.list("refs/patchpilot/incidents/");
    return ref?.name ?? "";
  };

  it("is not led astray by a marker in somebody else's issue", async () => {
    const test = openFailing();
    const ref = await dieHolding(test);
    const body = `<!-- patchpilot-key ${ref.split("/").at(-1)} -->`;
    test.world.as("mallory").openIssue({ title: "Mine", body });
    test.world.as("maya").label(1, "patchpilot");
    test.clock.advance(20 * MINUTE);
    const { outputs } = await poll(test, { runId: 2 });
    expect(outputs.accepted).toEqual([2]);
  });

  it("leaves a key to the run that holds it, for a quarter of an hour", async () => {
    const test = openFailing();
    await dieHolding(test);
    const { outputs, lines } = await poll(test, { runId: 2 });
    expect(outputs.accepted).toEqual([]);
    expect(lines.map(({ text }) => text).join("\n")).toContain("another run is opening its issue");
    expect(issuesIn(test)).toEqual([]);
  });

  it("is not written over where somebody changed a ref, and a person is asked", async () => {
    const test = openFailing();
    const ref = await dieHolding(test);
    test.world.as("maya").forceRef(ref, test.guilty);
    test.clock.advance(20 * MINUTE);
    const { lines } = await poll(test, { runId: 2 });
    expect(lines.map(({ text }) => text).join("\n")).toContain("look at it, and delete it if it is wrong");
    expect(issuesIn(test)).toEqual([]);
  });
});
