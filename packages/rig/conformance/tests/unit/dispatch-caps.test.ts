import { DAY } from "@patchpilot/time";
import { expect, test } from "vitest";
import { readSpend } from "../../worlds/read-spend.ts";
import { endWith, openScenario, readComments, readPhase, takeOrder } from "../../worlds/scenario.ts";
import { addIncident } from "../../worlds/world.ts";
import { watchSimulators } from "./watch-simulators.ts";

const watch = watchSimulators();

const PRICES = "claude-sonnet-4-5: input 3, output 15\nminute: 0.5";
const CAPS = { "max-usd-per-attempt": "5", "max-usd-per-month": "9", prices: PRICES };

/** $2.25 of tokens. */
const USAGE = [
  {
    model: "claude-sonnet-4-5-20250929",
    requests: 9,
    input: 250_000,
    cacheRead: 0,
    cacheWritten: 0,
    output: 100_000,
  },
];
const COUNTED = {
  result: "failed",
  reason: "Red.",
  usage: USAGE,
  seconds: 600,
  sandbox: "wall",
  calls: [{}],
};

function open(inputs: Readonly<Record<string, string>> = CAPS) {
  const scenario = openScenario();
  watch(scenario.test.simulator);
  const issue = addIncident(scenario.test);
  const tick = (more: Readonly<Record<string, string>> = {}) =>
    scenario.tick({ inputs: { ...inputs, ...more } });
  return { scenario, issue, tick, spend: () => readSpend(scenario.test) };
}

test("an attempt reserves all that it may spend, and its worker knows", async () => {
  const { scenario, issue, tick, spend } = open();
  await tick();
  expect(spend()).toEqual({ [`${issue}-a1`]: { at: expect.any(String), usd: 5, by: "reserved" } });
  expect(takeOrder(scenario).budget).toEqual({ usd: 5, prices: PRICES });
});

test("what the gate counted takes the place of that once the attempt has ended", async () => {
  const { scenario, issue, tick, spend } = open();
  await tick();
  await endWith(scenario, "failure", COUNTED);
  await tick({ allow: "close" });
  expect(spend()).toEqual({ [`${issue}-a1`]: { at: expect.any(String), usd: 2.25, by: "counted" } });
});

test("the next attempt waits if it has no room, and the issue says so once", async () => {
  const { scenario, issue, tick } = open({ ...CAPS, "max-usd-per-month": "7" });
  await tick();
  await endWith(scenario, "failure", COUNTED);
  const { outputs } = await tick();
  expect(outputs).toMatchObject({ dispatched: [], skipped: [{ issue, reason: "spend-cap" }] });
  expect(readPhase(scenario.test, issue)).toBe("requeued");
  const said = readComments(scenario.test, issue);
  expect(said).toContain("`max-usd-per-month` (7) has no room for another attempt of 5 dollars");
  await tick();
  expect(readComments(scenario.test, issue)).toBe(said);
});

test.each([
  ["the next month", 12 * DAY, {}],
  ["a raised cap", 0, { "max-usd-per-month": "8" }],
])("%s lets it go on by itself", async (_, later, raised) => {
  const { scenario, issue, tick } = open({ ...CAPS, "max-usd-per-month": "7" });
  await tick();
  await endWith(scenario, "failure", COUNTED);
  await tick();
  scenario.test.clock.advance(later);
  expect((await tick(raised)).outputs.dispatched).toMatchObject([{ issue, attempt: 2 }]);
  expect(readComments(scenario.test, issue)).toContain("**No attempt was opened for a while:**");
});

test("an attempt whose pull request waits for review is settled without waiting for it", async () => {
  const { scenario, issue, tick, spend } = open();
  await tick();
  const worker = await scenario.startWorker();
  scenario.pass(6);
  await worker.publish();
  worker.end("success");
  await tick();
  // Nobody left a count, so six minutes count.
  expect(spend()).toMatchObject({ [`${issue}-a1`]: { usd: 3, by: "timed" } });
});

const red = (change: object) => ({ ...COUNTED, ...change });

test.each<[string, object, Readonly<Record<string, string>>, object]>([
  [
    "of Codex",
    red({ usage: [{ ...USAGE[0], model: "gpt-x" }] }),
    { prices: "gpt-x: input 4, output 10" },
    { usd: 2, by: "counted" },
  ],
  [
    "of Codex without a price",
    red({ usage: [{ ...USAGE[0], model: "gpt-x" }] }),
    {},
    { usd: 5, by: "timed" },
  ],
  ["of a command", red({ usage: undefined }), {}, { usd: 5, by: "timed" }],
  ["of a command without a price list", red({ usage: undefined }), { prices: "" }, { usd: 5, by: "cap" }],
  [
    "without a wall",
    red({ sandbox: "process" }),
    { prices: PRICES.split("\n")[0] ?? "" },
    { usd: 5, by: "claimed" },
  ],
])("an attempt %s counts as what is known of it", async (_, result, inputs, spent) => {
  const { scenario, issue, tick, spend } = open({ ...CAPS, ...inputs });
  await tick();
  await endWith(scenario, "failure", { ...result });
  await tick({ allow: "close" });
  expect(spend()).toMatchObject({ [`${issue}-a1`]: spent });
});

test.each([
  ["incident", "max-usd-per-incident"],
  ["day", "max-usd-per-day"],
  ["month, in time", "max-minutes-per-month"],
])("there is a cap for each %s", async (_, input) => {
  const { scenario, issue, tick } = open({ [input]: input.includes("usd") ? "6" : "31" });
  await tick();
  await endWith(scenario, "failure", red({ seconds: 120 }));
  const { outputs } = await tick();
  expect(outputs.skipped).toMatchObject([
    { issue, reason: "spend-cap", detail: expect.stringContaining(input) },
  ]);
});

test("a cap of an incident holds that one alone, and another opens", async () => {
  const { scenario, tick } = open({ "max-usd-per-incident": "6" });
  await tick();
  await endWith(scenario, "failure", COUNTED);
  const other = addIncident(scenario.test);
  expect((await tick()).outputs.dispatched).toMatchObject([{ issue: other, attempt: 1 }]);
});

test("caps under which nothing could ever open are refused", async () => {
  const { tick } = open({ "max-usd-per-attempt": "8", "max-usd-per-month": "7" });
  expect((await tick()).failure).toContain("`max-usd-per-month` (7) is less than one attempt may spend (8)");
});

test("a run that has nothing to do asks for the sums in the query that it sends anyway", async () => {
  const count = async (inputs: Readonly<Record<string, string>>) => {
    const scenario = openScenario();
    watch(scenario.test.simulator);
    await scenario.tick({ inputs });
    return scenario.test.simulator.requests.length;
  };
  expect(await count(CAPS)).toBe(await count({}));
});
