import { expect, test } from "vitest";
import { openScenario } from "../../worlds/scenario.ts";
import { addIncident } from "../../worlds/world.ts";

test("dispatch tells of each incident the phase that it leaves it in", async () => {
  const scenario = openScenario();
  const issue = addIncident(scenario.test);
  const phaseTold = async (run: ReturnType<typeof scenario.tick>) => (await run).outputs.incidents;
  expect(await phaseTold(scenario.tick())).toMatchObject([{ issue, phase: "working" }]);
  (await scenario.startWorker()).end("failure");
  expect(await phaseTold(scenario.tick({ inputs: { "max-attempts": "1" } }))).toMatchObject([
    { issue, phase: "needs-human" },
  ]);
});

test("dispatch tells the phase before it where it only reads", async () => {
  const scenario = openScenario();
  const issue = addIncident(scenario.test);
  const { outputs } = await scenario.tick({ inputs: { "dry-run": "true" } });
  expect(outputs.incidents).toMatchObject([{ issue, phase: "accepted" }]);
});
