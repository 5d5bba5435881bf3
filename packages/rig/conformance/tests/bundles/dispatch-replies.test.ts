import { contract } from "@patchpilot/action-dispatch/contract";
import { expect, test } from "vitest";
import { readPhase } from "../../worlds/scenario.ts";
import { runBundle } from "./support/run-bundle.ts";
import { accepted } from "./support/stages.ts";

const SENT = "repos/create-dispatch-event";

const answer = (status: number, body: string, headers: Record<string, string> = {}) => ({
  kind: "reply" as const,
  status,
  body,
  headers: { "content-type": "application/json", ...headers },
});

/** Runs the bundle; the first answers to a dispatch are these. */
async function dispatchAfter(...answers: readonly ReturnType<typeof answer>[]) {
  const { world, issue, run } = accepted();
  const rest = [...answers];
  let asked = 0;
  world.simulator.faults = ({ method, path }) => {
    if (method !== "POST" || !path.endsWith("/dispatches")) return undefined;
    asked += 1;
    return rest.shift();
  };
  const step = await runBundle(world, contract, run);
  const started = world.simulator.requests.filter(
    ({ operation, status }) => operation === SENT && status === 204,
  );
  return { outcome: step.outcome, asked, started: started.length, phase: readPhase(world, issue) };
}

test("a dispatch that GitHub asks to wait for is sent after the wait, in the same run", async () => {
  const slow = answer(429, '{"message":"You have exceeded a secondary rate limit"}', { "retry-after": "1" });
  const after = await dispatchAfter(slow);
  expect(after).toMatchObject({ outcome: "success", asked: 2, started: 1, phase: "working" });
});

test.each([
  ["a page of a proxy", answer(200, "<html>", { "content-type": "text/html" })],
  ["a 202", answer(202, "{}")],
])("a dispatch that is answered with %s is not called sent, and is not sent again", async (_, reply) => {
  const after = await dispatchAfter(reply);
  expect(after).toMatchObject({ asked: 1, started: 0 });
  expect(after.phase).toBe("accepted");
});
