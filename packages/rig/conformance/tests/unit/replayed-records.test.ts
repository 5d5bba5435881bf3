import { assertNoViolations, GITHUB_ACTIONS_BOT } from "@patchpilot/simulators/github";
import { describe, expect, test } from "vitest";
import { deleteRecord, noteStates, putBack, type SeenStates } from "../../worlds/replay.ts";
import { dispatch, openWire } from "../../worlds/run-actions.ts";
import { declinePullRequest, openScenario, publishFix, readComments } from "../../worlds/scenario.ts";
import { addIncident, SHOP, type TestWorld } from "../../worlds/world.ts";

/** Attempt 1 was declined; each record with all that it ever showed. */
async function openDeclinedAttempt() {
  const scenario = openScenario();
  const { test: world } = scenario;
  const issue = addIncident(world);
  const seen: SeenStates = new Map();
  const tick = async () => {
    const outcome = await scenario.tick();
    noteStates(world, issue, seen);
    return outcome;
  };
  noteStates(world, issue, seen);
  await tick();
  await publishFix(scenario);
  await tick();
  declinePullRequest(scenario);
  await tick();
  return { scenario, world, issue, seen, tick };
}

/** Attempt 2 was opened by a label: its claim knows all records of before. */
async function openSecondAttempt() {
  const declined = await openDeclinedAttempt();
  declined.world.world.as("maya").label(declined.issue, "patchpilot:retry");
  await declined.tick();
  return declined;
}

type Second = Awaited<ReturnType<typeof openSecondAttempt>>;

/** All that a run could have changed. */
const picture = ({ world, issue }: Second) => {
  const { git, issues, comments } = world.world.repository(SHOP);
  return JSON.stringify([git.refs.list("refs/"), issues.get(issue), comments.list()]);
};

const REFUSED = /is older than its refs say .* delete that comment/;
const AGAIN = /its record attempt\/1 is older than its refs say .* counts as deleted/;

/** The sequences of the record that its comments show, highest first. */
const sequencesOf = (world: TestWorld, issue: number, kind: string): number[] =>
  [...readComments(world, issue).matchAll(new RegExp(` kind=${kind} seq=(\\d+)`, "g"))]
    .map(([, seq]) => Number(seq))
    .sort((a, b) => b - a);

describe.each(["edited", "posted again"] as const)("an earlier state that is %s", (how) => {
  test("of the incident leads to nothing, and is named with what helps", async () => {
    const second = await openSecondAttempt();
    const { scenario, world, issue, seen } = second;
    const [earliest = ""] = seen.get("incident") ?? [];
    expect(seen.get("incident")?.length).toBeGreaterThan(1);
    putBack(world, issue, earliest, how);
    scenario.pass(7 * 60);
    const before = picture(second);
    const { outputs, lines } = await scenario.tick();
    expect(outputs.skipped).toMatchObject([{ issue, reason: "older-record" }]);
    expect(lines.filter(({ text }) => REFUSED.test(text))).toHaveLength(1);
    expect(picture(second)).toBe(before);
    assertNoViolations(world.simulator);
  });

  test("of an attempt is named, and written again from refs beyond what is known", async () => {
    const { scenario, world, issue, seen, tick } = await openSecondAttempt();
    const states = seen.get("attempt/1") ?? [];
    const [known = 0] = sequencesOf(world, issue, "attempt/1");
    putBack(world, issue, states[0] ?? "", how);
    scenario.pass(7);
    const { lines } = await tick();
    expect(lines.filter(({ text }) => AGAIN.test(text))).toHaveLength(1);
    expect(sequencesOf(world, issue, "attempt/1")[0]).toBeGreaterThan(known);
    scenario.pass(7);
    expect((await tick()).lines.filter(({ text }) => AGAIN.test(text))).toEqual([]);
    assertNoViolations(world.simulator);
  });
});

test("a second comment of an attempt, left when a person deletes the newer one, holds nothing up", async () => {
  const { scenario, world, issue, seen, tick } = await openDeclinedAttempt();
  const [earliest = ""] = seen.get("attempt/1") ?? [];
  world.world.as(GITHUB_ACTIONS_BOT.login).comment(issue, earliest);
  await tick();
  deleteRecord(world, issue, "attempt/1");
  world.world.as("maya").label(issue, "patchpilot:retry");
  scenario.pass(7);
  expect((await tick()).outputs.dispatched).toMatchObject([{ issue, attempt: 2 }]);
});

test("a record that someone deletes is written again, and nobody asks for the state before it", async () => {
  const { world, issue, seen, tick, scenario } = await openSecondAttempt();
  const [earliest = ""] = seen.get("attempt/1") ?? [];
  putBack(world, issue, earliest, "edited");
  deleteRecord(world, issue, "attempt/1");
  scenario.pass(7 * 60);
  expect((await tick()).outputs.skipped).not.toMatchObject([{ reason: "older-record" }]);
});

test("the record of an attempt that is over continues from where its gate knows it to be", async () => {
  const { scenario, world, issue, tick, seen } = await openDeclinedAttempt();
  const [earliest = ""] = seen.get("attempt/1") ?? [];
  deleteRecord(world, issue, "attempt/1");
  await tick();
  expect(seen.get("attempt/1")?.at(-1)).not.toBe(earliest);
  const look = async () => (await scenario.tick({ inputs: { issues: `${issue}` } })).outputs.skipped;
  expect(await look()).toMatchObject([{ issue, reason: "needs-human" }]);
  putBack(world, issue, earliest, "edited");
  await look();
  expect(seen.get("attempt/1")?.at(-1)).not.toBe(earliest);
  expect(await look()).toMatchObject([{ issue, reason: "needs-human" }]);
});

test("a quiet run asks for nothing more", async () => {
  const { scenario } = await openSecondAttempt();
  const asked: string[] = [];
  const listening: typeof fetch = async (input, init) => {
    asked.push(/query (\w+)/.exec(String(init?.body))?.[1] ?? String(input));
    return openWire(scenario.test)(input, init);
  };
  await dispatch(scenario.test, { runId: 90, fetch: listening });
  asked.length = 0;
  await dispatch(scenario.test, { runId: 91, fetch: listening });
  expect(asked).not.toContain("RecordsAgain");
});
