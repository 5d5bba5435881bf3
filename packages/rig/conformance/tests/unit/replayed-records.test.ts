import { assertNoViolations } from "@patchpilot/simulators/github";
import { describe, expect, test } from "vitest";
import { deleteRecord, noteStates, putBack, type SeenStates } from "../../worlds/replay.ts";
import { dispatch, openWire } from "../../worlds/run-actions.ts";
import { declinePullRequest, openScenario, publishFix } from "../../worlds/scenario.ts";
import { addIncident, SHOP } from "../../worlds/world.ts";

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

describe.each(["edited", "posted again"] as const)("an earlier state that is %s", (how) => {
  test.each(["incident", "attempt/1"])(
    "of the record %s leads to nothing, and is named with what helps",
    async (kind) => {
      const second = await openSecondAttempt();
      const { scenario, world, issue, seen } = second;
      const [earliest = ""] = seen.get(kind) ?? [];
      expect(seen.get(kind)?.length).toBeGreaterThan(1);
      putBack(world, issue, earliest, how);
      scenario.pass(7 * 60);
      const before = picture(second);
      const { outputs, lines } = await scenario.tick();
      expect(outputs.skipped).toMatchObject([{ issue, reason: "older-record" }]);
      expect(lines.filter(({ text }) => REFUSED.test(text))).toHaveLength(1);
      expect(picture(second)).toBe(before);
      assertNoViolations(world.simulator);
    },
  );
});

test("a record that someone deletes is written again, and the state before it stays refused", async () => {
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
  expect(await look()).toMatchObject([{ issue, reason: "older-record" }]);
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
