import { expect, test } from "vitest";
import { repairWorkflow } from "./repair-workflow.ts";

test("the workflow differs by one line, and only if it names the sandbox", async () => {
  const lines = (await repairWorkflow("auto")).split("\n");
  const named = (await repairWorkflow("process")).split("\n");
  const added = named.filter((line) => !lines.includes(line));
  expect([added, named.length]).toEqual([["      sandbox: process"], lines.length + 1]);
});
