import { recoveryRecord } from "@patchpilot/incident/testing";
import { expect, test } from "vitest";
import { learnFrom } from "./decide-lesson.ts";
import type { VerifyDecision } from "./facts.ts";
import { aCase } from "./testing/world.ts";

const teaches = { signature: "TypeError at src/cart.ts:total", confidence: 0.9, attempts: [] };
const decision = { verdict: "recovered", reason: "It has recovered." } as unknown as VerifyDecision;
const learn = (files: Parameters<typeof learnFrom>[3], secrets: readonly string[] = []) =>
  learnFrom(aCase({ teaches }), decision, recoveryRecord(), files, secrets);

test("a lesson names the pull request, its files and what it changed, code before tests", () => {
  const files = [
    { path: "src/cart.test.ts", patch: "@@ -1 +1,2 @@\n context\n+expect(total([])).toBe(0);" },
    {
      path: "src/cart.ts",
      patch: "@@ -1,2 +1,2 @@\n context\n-return cart.sum;\n+return cart?.sum ?? 0;\n+",
    },
    { path: "logo.png" },
  ];
  expect(learn(files)).toMatchObject({
    outcome: "recovered",
    pullRequest: 40,
    verdict: "It has recovered.",
    files: ["src/cart.ts", "logo.png", "src/cart.test.ts"],
    diff: "-return cart.sum;\n+return cart?.sum ?? 0;\n+expect(total([])).toBe(0);",
  });
});

test("a lesson shows no secret and no hidden sign of a diff", () => {
  const patch = "+const key = 'hunter2hunter2';\n+a\u202eb // \u200bsee https://evil.example/x";
  const { diff = "" } = learn([{ path: "src/a.ts", patch }], ["hunter2hunter2"]) ?? {};
  expect(diff).not.toMatch(/hunter2|\u202e|\u200b|https:\/\//);
});

test("an incident without a signature leaves no lesson", () => {
  expect(learnFrom(aCase(), decision, recoveryRecord(), [], [])).toBeUndefined();
});
