import { repairTask } from "@patchpilot/incident";
import { workOrderOf } from "@patchpilot/incident/testing";
import { expect, it } from "vitest";
import { makeTask } from "./words-task.ts";

it("tells the worker's program names, numbers and what earlier attempts left", () => {
  const order = workOrderOf({
    recipe: "fix-incident",
    plan: { text: "1. Guard", sha256: "a".repeat(64) },
    previousAttempts: [{ attempt: 1, outcome: "failed", diff: "x", patchSha256: "b".repeat(64) }],
  });
  const task = makeTask(order);
  expect(repairTask.parse(task)).toEqual({
    v: 1,
    key: "pp-4242-12-a1",
    attempt: 1,
    agent: "claude-code",
    autonomy: "draft-pr",
    recipe: "fix-incident",
    issue: 12,
    kind: "error",
    repository: "acme/shop",
    suspectFiles: ["src/checkout.ts"],
    plan: order.plan,
    previousAttempts: order.previousAttempts,
  });
});

it("leaves out what the order does not say", () => {
  expect(Object.keys(makeTask(workOrderOf()))).not.toEqual(
    expect.arrayContaining(["plan", "recipe", "review"]),
  );
});
