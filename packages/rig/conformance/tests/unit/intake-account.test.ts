import type { TokenPermissions } from "@patchpilot/simulators/github";
import { DAY, HOUR, MINUTE } from "@patchpilot/time";
import { describe, expect, it } from "vitest";
import { dyingAfter, pausedAfter } from "../../worlds/faulty-wires.ts";
import {
  errorNamed,
  fail,
  type IntakeOptions,
  type IntakeWorld,
  KEEPER,
  READER,
  startIntake,
} from "../../worlds/intake-world.ts";
import { failTwice, PASSED_OVER } from "../../worlds/passed-over.ts";
import { openWire } from "../../worlds/run-actions.ts";
import { SHOP } from "../../worlds/world.ts";
import { watchIntakeWorlds } from "./watch-intake-worlds.ts";

const open = watchIntakeWorlds();

/** A scheduled run. */
const tick = (test: IntakeWorld, options: IntakeOptions = {}) =>
  startIntake(test, { permissions: KEEPER, ...options });

const readStates = ({ outputs: { account } }: Awaited<ReturnType<typeof tick>>) =>
  Object.fromEntries(
    (["accepted", "duplicate", "waiting", "ignored"] as const).flatMap((kind) =>
      Object.entries(account[kind]).map(([name, count]) => [`${kind}/${name}`, count]),
    ),
  );

describe.each([
  ["remembered", KEEPER],
  ["read anew in each run", READER],
])("an issue that was passed over once, where states are %s,", (_, permissions) => {
  it.each(PASSED_OVER)("is taken in when it $name", async ({ inputs = {}, before, state, change }) => {
    const test = open();
    before(test);
    const options = { inputs, permissions };
    expect(readStates(await tick(test, options))).toEqual({ [state]: 1 });
    test.clock.advance(26 * HOUR);
    expect(readStates(await tick(test, options))).toEqual({ [state]: 1 });
    test.clock.advance(9 * DAY);
    expect((await tick(test, options)).outputs.accepted).toEqual([]);
    change(test);
    const found = await tick(test, options);
    expect([found.outputs.accepted, readStates(found)]).toEqual([[1], { "accepted/accepted": 1 }]);
  });
});

describe("a duplicate", () => {
  it("is taken in at the first run after its incident was closed", async () => {
    const test = open();
    failTwice(test);
    expect(readStates(await tick(test))).toEqual({ "accepted/accepted": 1, "duplicate/1": 1 });
    test.clock.advance(3 * DAY);
    await tick(test);
    test.world.as("maya").closeIssue(1);
    expect(await tick(test)).toMatchObject({ outputs: { accepted: [2] } });
  });

  it("stays one while its incident is open, and costs no question about its events", async () => {
    const test = open();
    failTwice(test);
    await tick(test);
    test.clock.advance(3 * DAY);
    const before = test.sentry.requests.length;
    expect(readStates(await tick(test))).toEqual({ "accepted/accepted": 1, "duplicate/1": 1 });
    expect(test.sentry.requests.slice(before).map(({ operation }) => operation)).toEqual(["GET /issues/"]);
  });
});

describe("many new issues", () => {
  it("are listed once, their releases as well, and each is asked for its event alone", async () => {
    const test = open();
    for (let index = 0; index < 8; index += 1) fail(test, `total${index}`);
    expect((await tick(test, { inputs: { limit: "20" } })).outputs.accepted).toHaveLength(8);
    const asked = test.sentry.requests.map(({ operation }) => operation);
    const others = asked.filter((operation) => !operation.includes("/events/{"));
    // The releases are read ahead, beside the others.
    expect(others.toSorted()).toEqual(["GET /events/", "GET /issues/", "GET /releases/"]);
  });
});

describe("an issue", () => {
  it("whose link does not hold its number waits as any other", async () => {
    const test = open({ alerts: false });
    fail(test, "total", 1);
    const body = "Sentry Issue: [SHOP-1](https://acme.sentry.io/organizations/acme/issues/SHOP-1/)";
    test.world.as("sentry[bot]").openIssue({ title: "TypeError", body });
    const inputs = { "min-events": "5" };
    expect(readStates(await tick(test, { inputs }))).toEqual({ "waiting/below-threshold": 1 });
    test.clock.advance(3 * DAY);
    fail(test, "total", 9);
    expect((await tick(test, { inputs })).outputs.accepted).toEqual([1]);
  });

  it("that somebody gave the label of a phase is no incident by that", async () => {
    const test = open();
    fail(test, "total");
    test.world.as("maya").label(1, "patchpilot:working");
    await tick(test);
    const found = await tick(test);
    expect([found.outputs.accepted, readStates(found)]).toEqual([[1], { "accepted/accepted": 1 }]);
  });

  it("of another Sentry is ignored for good, and so is one without a link", async () => {
    const test = open({ alerts: false });
    const link = "Sentry Issue: [SHOP-1](https://sentry.example/organizations/acme/issues/7000000001/)";
    for (const body of [link, "Words"]) test.world.as("sentry[bot]").openIssue({ title: "TypeError", body });
    const states = { "ignored/wrong-project": 1, "ignored/unreadable": 1 };
    expect(readStates(await tick(test))).toEqual(states);
    test.clock.advance(3 * DAY);
    const before = test.sentry.requests.length;
    expect(readStates(await tick(test))).toEqual(states);
    expect(test.sentry.requests.length).toBe(before);
  });
});

describe("a window", () => {
  it.each([
    ["the kill switch was on for 30 hours", { stop: "true" }],
    ["nothing ran for 30 hours", undefined],
  ])("does not move while %s", async (_, stopped) => {
    const test = open();
    fail(test, "first");
    await tick(test);
    for (let hour = 0; hour < 30; hour += 6) {
      if (hour === 6) fail(test, "second");
      if (stopped !== undefined) await tick(test, { inputs: stopped });
      test.clock.advance(6 * HOUR);
    }
    expect((await tick(test)).outputs.accepted).toEqual([1, 2]);
  });

  it("reaches back to an alert of a month ago", async () => {
    const test = open();
    fail(test, "total");
    test.clock.advance(30 * DAY);
    expect((await tick(test)).outputs.accepted).toEqual([1]);
  });

  it("reaches a label that people took off while nothing ran", async () => {
    const test = open();
    fail(test, "total");
    test.world.as("maya").label(1, "patchpilot:hold");
    await tick(test);
    test.clock.advance(3 * DAY);
    test.world.as("maya").unlabel(1, "patchpilot:hold");
    test.clock.advance(30 * HOUR);
    expect((await tick(test)).outputs.accepted).toEqual([1]);
  });
});

describe("while Sentry is down", () => {
  const FEW = { "min-events": "5" };
  const unavailable = { kind: "reply", status: 503, body: "" } as const;

  it("what waits has no data yet, nothing is taken in, and all is found afterwards", async () => {
    const test = open();
    fail(test, "first", 1);
    fail(test, "second", 1);
    await tick(test, { inputs: FEW });
    test.sentry.faults = () => unavailable;
    for (let hour = 0; hour < 30; hour += 10) {
      test.clock.advance(10 * HOUR);
      expect(readStates(await tick(test, { inputs: FEW }))).toEqual({ "waiting/no-data": 2 });
    }
    fail(test, "second", 200);
    test.sentry.faults = undefined;
    const found = await tick(test, { inputs: FEW });
    expect(readStates(found)).toEqual({ "accepted/accepted": 1, "waiting/below-threshold": 1 });
    expect(found.outputs.accepted).toEqual([2]);
  });

  it.each<[string, (test: IntakeWorld) => void, (test: IntakeWorld) => void, number]>([
    [
      "is let go",
      (test) => {
        fail(test, "total");
        test.world.as("maya").label(1, "patchpilot:hold");
      },
      ({ world }) => world.as("maya").unlabel(1, "patchpilot:hold"),
      1,
    ],
    ["loses the incident that it repeats", failTwice, ({ world }) => world.as("maya").closeIssue(1), 2],
  ])("an issue that %s is found afterwards", async (_, before, change, issue) => {
    const test = open();
    before(test);
    await tick(test);
    test.clock.advance(DAY);
    test.sentry.faults = () => unavailable;
    change(test);
    expect(readStates(await tick(test))).toEqual({ "waiting/no-data": 1 });
    test.clock.advance(DAY);
    await tick(test);
    test.sentry.faults = undefined;
    test.clock.advance(DAY);
    expect((await tick(test)).outputs.accepted).toEqual([issue]);
  });

  it("for one issue alone, only that one has no data yet", async () => {
    const test = open();
    fail(test, "first", 1);
    fail(test, "second", 1);
    await tick(test, { inputs: FEW });
    const [, second] = test.sentry.issues();
    fail(test, "first", 200);
    fail(test, "second", 200);
    test.sentry.faults = ({ path }) => (path.includes(`/issues/${second?.id}/`) ? unavailable : undefined);
    expect(readStates(await tick(test, { inputs: FEW }))).toEqual({
      "accepted/accepted": 1,
      "waiting/no-data": 1,
    });
    test.sentry.faults = undefined;
    expect((await tick(test, { inputs: FEW })).outputs.accepted).toEqual([1, 2]);
  });
});

describe("very many issues that wait", () => {
  const FEW = { "min-events": "5" };
  const openMany = (count: number): IntakeWorld => {
    const test = open();
    for (let index = 0; index < count; index += 1) fail(test, `field${index}`, 1);
    return test;
  };

  it("cost two requests of GitHub and one of Sentry for a hundred, and one that escalates is found after 9 days", async () => {
    const test = openMany(500);
    for (let runs = 0; runs < 3; runs += 1) await tick(test, { inputs: FEW });
    test.clock.advance(9 * DAY);
    await tick(test, { inputs: FEW });
    const before = [test.simulator.requests.length, test.sentry.requests.length] as const;
    test.clock.advance(15 * MINUTE);
    expect(readStates(await tick(test, { inputs: FEW }))).toEqual({ "waiting/below-threshold": 500 });
    expect(test.simulator.requests.length - before[0]).toBe(2);
    expect(test.sentry.requests.length - before[1]).toBe(5);
    fail(test, "field321", 50);
    const found = await tick(test, { inputs: FEW });
    expect([found.outputs.accepted, readStates(found)]).toEqual([
      [322],
      { "accepted/accepted": 1, "waiting/below-threshold": 499 },
    ]);
  });

  it("are taken in over several runs, `limit` in each, the most severe first", async () => {
    const test = openMany(12);
    test.clock.advance(20 * DAY);
    test.sentry.issue("SHOP-9").priority = "high";
    for (const { shortId } of test.sentry.issues())
      if (shortId !== "SHOP-9") test.sentry.issue(shortId).priority = "low";
    const limit = { limit: "5" };
    const first = await tick(test, { inputs: limit });
    expect(first.outputs.accepted).toContain(9);
    expect(readStates(first)).toEqual({ "accepted/accepted": 5, "waiting/next-run": 7 });
    expect(readStates(await tick(test, { inputs: limit }))).toEqual({
      "accepted/accepted": 10,
      "waiting/next-run": 2,
    });
    expect(readStates(await tick(test, { inputs: limit }))).toEqual({ "accepted/accepted": 12 });
  });

  it("are found although more changed meanwhile than one run lists", async () => {
    const test = openMany(2);
    const inputs = { "min-events": "5" };
    test.world.as("maya").label(1, "patchpilot:hold");
    await tick(test, { inputs });
    test.clock.advance(2 * HOUR);
    test.world.as("maya").unlabel(1, "patchpilot:hold");
    fail(test, "field0", 9);
    test.world.as("maya").closeIssue(2);
    test.clock.advance(MINUTE);
    for (let index = 0; index < 2_100; index += 1)
      test.world.as("maya").openIssue({ title: "Idea", body: "Words" });
    test.clock.advance(MINUTE);
    for (let runs = 0; runs < 5; runs += 1) {
      await tick(test, { inputs });
      test.clock.advance(15 * MINUTE);
    }
    expect((await tick(test, { inputs })).outputs).toMatchObject({
      accepted: [1],
      account: { open: 1, complete: true },
    });
  });

  it("are found among thousands of others over several runs, and then the account is complete", async () => {
    const test = open();
    fail(test, "old", 1);
    for (let index = 0; index < 2_500; index += 1)
      test.world.as("maya").openIssue({ title: "Idea", body: "Words" });
    test.clock.advance(30 * DAY);
    const first = await tick(test);
    expect(first.outputs.account).toMatchObject({ open: 0, complete: false });
    const second = await tick(test);
    expect(second.outputs).toMatchObject({ accepted: [1], account: { open: 1, complete: true } });
  });
});

describe("the index", () => {
  const INDEX = "refs/patchpilot/index/intake";
  const readIndex = ({ world }: IntakeWorld) => {
    const { git } = world.repository(SHOP);
    return git.refs.get(INDEX);
  };
  const openStaging = async (): Promise<IntakeWorld> => {
    const test = open();
    test.sentry.recordEvent({ event: errorNamed("total"), environment: "staging" });
    test.clock.advance(MINUTE);
    await tick(test);
    test.clock.advance(3 * DAY);
    return test;
  };
  const countEvents = async (test: IntakeWorld, options: IntakeOptions = {}): Promise<number> => {
    const before = test.sentry.requests.length;
    expect(readStates(await tick(test, options))).toEqual({ "waiting/wrong-environment": 1 });
    return test.sentry.requests.slice(before).filter(({ path }) => path.includes("/events/")).length;
  };

  it("spares the question about an event where nothing changed", async () => {
    const test = await openStaging();
    expect(await countEvents(test)).toBe(0);
  });

  it("spares it, too, where only the other environment has seen the error again", async () => {
    const test = await openStaging();
    test.sentry.recordEvent({ event: errorNamed("total"), environment: "staging" });
    expect(await countEvents(test)).toBe(0);
  });

  it.each<[string, (test: IntakeWorld) => void]>([
    ["is lost", ({ world }) => void world.as("maya").deleteRef(INDEX)],
    ["was moved to another commit", ({ world, guilty }) => world.as("maya").forceRef(INDEX, guilty)],
  ])("is built anew where it %s", async (_, harm) => {
    const test = await openStaging();
    harm(test);
    expect(await countEvents(test)).toBeGreaterThan(0);
    expect(await countEvents(test)).toBe(0);
  });

  it("is not believed where another key signed it", async () => {
    const test = await openStaging();
    const other = { inputs: { "state-key": "f".repeat(32) } };
    expect(await countEvents(test, other)).toBeGreaterThan(0);
  });

  it("is built anew under other settings", async () => {
    const test = await openStaging();
    expect((await tick(test, { inputs: { environment: "staging" } })).outputs.accepted).toEqual([1]);
  });

  it("is not written by a plan, nor again where nothing changed", async () => {
    const test = await openStaging();
    await tick(test);
    const before = readIndex(test);
    await tick(test);
    test.sentry.recordEvent({ event: errorNamed("total"), environment: "production" });
    await tick(test, { inputs: { "dry-run": "true" } });
    expect(readIndex(test)).toBe(before);
    expect((await tick(test)).outputs.accepted).toEqual([1]);
  });

  it("is done without by a token that may not see contents", async () => {
    const test = await openStaging();
    const { contents: _, ...permissions } = READER as TokenPermissions;
    expect(await countEvents(test, { permissions })).toBeGreaterThan(0);
  });

  it("forgets an issue that was closed, deleted or moved", async () => {
    const test = await openStaging();
    test.world.as("maya").closeIssue(1);
    expect(readStates(await tick(test))).toEqual({});
  });
});

describe("two runs at once", () => {
  const inputs = { "min-events": "5" };
  const openTwo = (): IntakeWorld => {
    const test = open();
    fail(test, "first", 1);
    fail(test, "second", 5);
    return test;
  };
  /** The one that waited is taken in days later. */
  const expectFound = async (test: IntakeWorld, place: number): Promise<void> => {
    test.clock.advance(2 * DAY);
    fail(test, "first", 9);
    const found = await tick(test, { runId: 3, inputs });
    expect([place, found.outputs.accepted]).toEqual([place, [1, 2]]);
    expect(readStates(found)).toEqual({ "accepted/accepted": 2 });
  };

  it("lose nothing, wherever one of them stops", async () => {
    for (let lead = 0; lead < 14; lead += 1) {
      const test = openTwo();
      const slow = pausedAfter(openWire(test), lead);
      const one = tick(test, { runId: 1, inputs, fetch: slow.fetch });
      await Promise.race([slow.paused, one]);
      await tick(test, { runId: 2, inputs });
      slow.resume();
      await one;
      await expectFound(test, lead);
    }
  });

  it("lose nothing where one dies at any request", async () => {
    for (let last = 1; last < 14; last += 1) {
      const test = openTwo();
      await tick(test, { runId: 1, inputs, fetch: dyingAfter(openWire(test), last) }).catch(() => undefined);
      await expectFound(test, last);
    }
  });
});
