import { expect, test } from "vitest";
import { dispatch, openWire } from "../../worlds/run-actions.ts";
import { openScenario } from "../../worlds/scenario.ts";
import { addIncident } from "../../worlds/world.ts";

test("a run that cannot confirm what it sent names GitHub for each attempt, and the next one confirms it", async () => {
  const scenario = openScenario();
  const issue = addIncident(scenario.test);
  let commits = 0;
  const breaking: typeof fetch = async (input, init) => {
    const isCommit = String(input).endsWith("/git/commits") && ++commits > 1;
    return isCommit ? new Response("{}", { status: 502 }) : openWire(scenario.test)(input, init);
  };
  const { outputs, failure } = await dispatch(scenario.test, { runId: 1, fetch: breaking });
  expect(failure).toBeUndefined();
  const detail = expect.stringContaining("GitHub did not confirm");
  expect(outputs.skipped).toMatchObject([{ issue, reason: "dispatch-unconfirmed", detail }]);
  scenario.queueWorker();
  scenario.pass(20);
  expect((await scenario.tick()).outputs.dispatched).toMatchObject([{ issue, attempt: 1 }]);
});
