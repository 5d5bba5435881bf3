import { DAY, HOUR } from "@patchpilot/time";
import { describe, expect, test } from "vitest";
import { dyingAt, upsetAt } from "../../worlds/faulty-wires.ts";
import { sabotaged } from "../../worlds/race/sabotage.ts";
import { readSpend } from "../../worlds/read-spend.ts";
import { dispatch, openWire } from "../../worlds/run-actions.ts";
import { endWith, mergePullRequest, openScenario, publishFix } from "../../worlds/scenario.ts";
import { addIncident } from "../../worlds/world.ts";
import { watchSimulators } from "./watch-simulators.ts";

const watch = watchSimulators();

/** Room for one attempt. */
const CAPS = { "max-usd-per-attempt": "5", "max-usd-per-month": "7" };
/** GitHub moves a sum, or makes the first one. */
const WRITES_SUM = 'refs/patchpilot/spend/2026-11","oid';
const MOVES_SUM = 'refs/patchpilot/spend/2026-11","before';

function open() {
  const scenario = openScenario();
  watch(scenario.test.simulator);
  const issue = addIncident(scenario.test);
  const tick = (more: Parameters<typeof scenario.tick>[0] = {}) =>
    scenario.tick({ ...more, inputs: { ...CAPS, ...more.inputs } });
  return { ...scenario, issue, tick, send: openWire(scenario.test), spend: () => readSpend(scenario.test) };
}

describe("two runs that reserve at once", () => {
  async function meet(sabotage?: "no-reserving") {
    const { test: world, issue, tick, send } = open();
    const other = addIncident(world);
    const second = { "max-open-prs": "9", ...CAPS, issues: String(other) };
    let opened = 0;
    const wire = sabotaged("dispatch", sabotage, "1", send);
    const fetch = upsetAt(wire, WRITES_SUM, async (request) => {
      const { outputs } = await dispatch(world, { runId: 800, inputs: second, fetch: wire });
      opened += outputs.count;
      return wire(request);
    });
    const { outputs } = await tick({ inputs: { issues: String(issue) }, fetch });
    return { opened: opened + outputs.count, skipped: outputs.skipped.map(({ reason }) => reason) };
  }

  test("open one attempt where there is room for one, and the other waits", async () => {
    expect(await meet()).toEqual({ opened: 1, skipped: ["spend-cap"] });
  });

  test("would open two if nothing was reserved", async () => {
    expect(await meet("no-reserving")).toEqual({ opened: 2, skipped: [] });
  });
});

test("a run that dies after it has reserved leaves room for the attempt that it did not claim", async () => {
  const { tick, send, spend, issue } = open();
  await tick({ fetch: dyingAt(send, "PatchPilot claims") }).catch(() => undefined);
  expect(spend()).toMatchObject({ [`${issue}-a1`]: { by: "reserved" } });
  const { outputs } = await tick();
  expect([outputs.dispatched.length, Object.keys(spend())]).toEqual([1, [`${issue}-a1`]]);
});

test("a lost reply is settled by looking: the attempt opens in the same run, and is reserved once", async () => {
  const { tick, send, spend, issue } = open();
  const fetch = upsetAt(send, WRITES_SUM, async (request) => {
    await send(request);
    throw new TypeError("fetch failed");
  });
  expect((await tick({ fetch })).outputs.dispatched).toMatchObject([{ issue, attempt: 1 }]);
  expect(spend()).toEqual({ [`${issue}-a1`]: { at: expect.any(String), usd: 5, by: "reserved" } });
});

const FREE = {
  result: "no-change",
  ending: "asked",
  question: "Which?",
  usage: [],
  seconds: 60,
  sandbox: "wall",
  calls: [],
};

test("a run that dies after it has closed a gate leaves the rest to the next one", async () => {
  const { tick, test: world, send, spend, issue, ...scenario } = open();
  await tick();
  await endWith({ ...scenario, test: world }, "success", FREE);
  await tick({ fetch: dyingAt(send, MOVES_SUM) }).catch(() => undefined);
  await tick();
  expect(spend()).toMatchObject({ [`${issue}-a1`]: { usd: 0, by: "counted" } });
});

test("a sum that GitHub does not take is said, and is written once a cap is reached", async () => {
  const { tick, test: world, send, spend, issue, ...scenario } = open();
  await tick();
  await endWith({ ...scenario, test: world }, "success", FREE);
  const refusing: typeof fetch = async (input, init) => {
    const text = await new Request(input, init).clone().text();
    return text.includes(MOVES_SUM) ? new Response("down", { status: 502 }) : send(input, init);
  };
  const { lines } = await tick({ fetch: refusing });
  expect(
    lines.filter(({ text }) => /2026-11 have spent could not be written \(.+\)/.test(text)),
  ).toHaveLength(1);
  expect(spend()).toMatchObject({ [`${issue}-a1`]: { by: "reserved" } });
  const other = addIncident(world);
  expect((await tick()).outputs.dispatched).toMatchObject([{ issue: other }]);
  expect(spend()).toMatchObject({ [`${issue}-a1`]: { usd: 0, by: "counted" } });
});

test("an attempt that no run looks at any more is settled once a cap is reached", async () => {
  const { tick, test: world, spend, issue, ...scenario } = open();
  await tick();
  await endWith({ ...scenario, test: world }, "success", FREE);
  world.world.as("maya").closeIssue(issue);
  const other = addIncident(world);
  world.clock.advance(7 * HOUR);
  expect((await tick()).outputs.dispatched).toMatchObject([{ issue: other }]);
  expect(spend()).toMatchObject({ [`${issue}-a1`]: { usd: 0 }, [`${other}-a1`]: { usd: 5 } });
});

test("what was reserved and never claimed is free again once no lease holds", async () => {
  const { tick, test: world, send, spend, issue } = open();
  await tick({ fetch: dyingAt(send, "PatchPilot claims") }).catch(() => undefined);
  world.world.as("maya").closeIssue(issue);
  const other = addIncident(world);
  expect((await tick()).outputs.skipped).toMatchObject([{ issue: other, reason: "spend-cap" }]);
  world.clock.advance(HOUR);
  expect((await tick()).outputs.dispatched).toMatchObject([{ issue: other }]);
  expect(Object.keys(spend())).toEqual([`${other}-a1`]);
});

test("an attempt that began in the month before is settled there", async () => {
  const { tick, test: world, spend, issue, ...scenario } = open();
  world.clock.advance(9 * DAY + 14 * HOUR);
  await tick();
  await publishFix(scenario);
  world.clock.advance(2 * HOUR);
  mergePullRequest({ test: world });
  await tick();
  expect([readSpend(world, "2026-11"), readSpend(world, "2026-12")]).toMatchObject([
    { [`${issue}-a1`]: { usd: 5, by: "cap" } },
    {},
  ]);
});
