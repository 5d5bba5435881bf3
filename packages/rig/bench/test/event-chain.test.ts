import { expect, test } from "vitest";
import { addBenchIncident, addResembling, nameError } from "../src/actions/incidents.ts";
import { measureScenario } from "../src/actions/measure-scenario.ts";
import { eventChain } from "../src/actions/scenarios.ts";
import type { BenchStage } from "../src/actions/stage.ts";

const MOST = 14;
const countRequests = async (past: (stage: BenchStage) => void): Promise<number> =>
  (await measureScenario(eventChain("a chain", past), "unpaced", 0)).requests.github;

test("an event chain stays within its requests if the incident resembles others", async () => {
  expect(await countRequests(addResembling)).toBeLessThanOrEqual(MOST);
});

test("what is under way costs it one request, since it may have to wait for that", async () => {
  const requests = await countRequests((stage) => {
    addResembling(stage);
    addBenchIncident(stage, nameError(1), { phase: "requeued" });
  });
  expect(requests).toBe(MOST + 1);
});
