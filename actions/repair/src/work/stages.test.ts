import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Files, useCheckouts } from "../testing/checkout.ts";
import { runStep } from "../testing/run-step.ts";

const makeCheckout = useCheckouts();

const BASE: Files = { "cart.js": "broken\n", "check.sh": "grep -q mended cart.js\n" };

/** What one call does in the checkout, and what it replies. */
type Call = { readonly does?: string; readonly says?: Readonly<Record<string, unknown>> };

/**
 * A fake Claude Code: a script that speaks its command line, plays one call after the other, and keeps the prompts. It
 * is no model, and shows only what the loop makes of replies.
 */
function fakeClaude(calls: readonly Call[], base: Files = BASE) {
  const checkout = makeCheckout(base);
  const path = join(checkout.root, "fake-claude");
  const cases = calls.map(({ does = ":", says }, at) => {
    const reply = {
      type: "result",
      is_error: false,
      result: "",
      session_id: `s${at}`,
      num_turns: 2,
      total_cost_usd: 0.5,
      ...says,
    };
    return `${at}) ${does}\ncat <<'REPLY'\n${JSON.stringify(reply)}\nREPLY\n;;`;
  });
  const note = `cat > "${checkout.root}/prompt-$n"; echo "$*" > "${checkout.root}/arguments-$n"`;
  const count = `n=$(ls "${checkout.root}" | grep -c ^prompt-)`;
  writeFileSync(path, ["#!/bin/bash", count, note, 'case "$n" in', ...cases, "esac", ""].join("\n"));
  chmodSync(path, 0o755);
  const inputs = { agent: "claude-code", "agent-path": path, "test-command": "sh check.sh" };
  return {
    checkout,
    run: (more: Readonly<Record<string, string>> = {}) =>
      runStep(checkout, { inputs: { ...inputs, ...more } }),
    read: (name: string) => checkout.read(join("..", name)) ?? "",
  };
}

const PLAN = { does: "echo scribble > cart.js; echo x > new", says: { result: "Mend cart.js." } };
const MEND = { does: "echo mended > cart.js", says: { result: "It was broken." } };

describe("with a fake Claude Code", () => {
  test("a plan is made first, its edits are thrown away, and it reaches the next prompt", async () => {
    const { run, read } = fakeClaude([PLAN, MEND]);
    const { outputs, files, result } = await run({ "model-plan": "large", "model-implement": "small" });
    expect([outputs.result, files]).toEqual(["patch", { ...BASE, "cart.js": "mended\n" }]);
    expect([result.plan?.text, result.summary]).toEqual(["Mend cart.js.", "It was broken."]);
    expect(read("prompt-1")).toContain("Mend cart.js.");
    expect([read("arguments-0"), read("arguments-1")]).toEqual([
      expect.stringContaining("--model large"),
      expect.stringContaining("--model small"),
    ]);
  });

  test("a red test goes back to the session of the change", async () => {
    // It tells what its session has cost: 0.5 for the change, and as much again for the correction.
    const fix = { ...MEND, says: { total_cost_usd: 1 } };
    const { run, read } = fakeClaude([PLAN, { does: "echo wrong > cart.js" }, fix]);
    const { outputs, result } = await run({ "max-cost-usd": "2" });
    expect([outputs.result, result.calls.map(({ stage }) => stage)]).toEqual([
      "patch",
      ["plan", "implement", "fix"],
    ]);
    expect([read("arguments-1"), read("arguments-2")]).toEqual([
      expect.not.stringContaining("--resume"),
      expect.stringContaining("--resume s1"),
    ]);
    expect([0, 1, 2].map((at) => /--max-budget-usd (\S+)/.exec(read(`arguments-${at}`))?.[1])).toEqual([
      "2",
      "1.5",
      "1",
    ]);
    expect([result.turns, result.costUsd]).toEqual([6, 1.5]);
  });

  test("turns are counted over all calls, and each is told what is left", async () => {
    const green = { ...BASE, "cart.js": "mended\n" };
    const { run, read } = fakeClaude([PLAN, { does: "echo wrong > cart.js" }], green);
    const { failure } = await run({ "max-turns": "4" });
    expect([read("arguments-0"), read("arguments-1")]).toEqual([
      expect.stringContaining("--max-turns 4"),
      expect.stringContaining("--max-turns 2"),
    ]);
    expect(failure).toContain("The agent's turns are used up (`max-turns`: 4).");
  });

  test("no call is made after a plan that has used the budget up", async () => {
    const { run } = fakeClaude([PLAN, MEND]);
    const { failure, result } = await run({ "max-cost-usd": "0.5" });
    expect(failure).toBe("The calls have cost $0.50 (`max-cost-usd`: 0.5).");
    expect(result.calls).toHaveLength(1);
  });

  test("turns that run out do not lose a change that passes the tests", async () => {
    const { run } = fakeClaude([PLAN, { ...MEND, says: { subtype: "error_max_turns", is_error: true } }]);
    const { outputs, result } = await run();
    expect(outputs.result).toBe("patch");
    expect(result.reason).toContain("used all of its turns");
  });

  test("an API error ends the attempt, and its change is kept", async () => {
    const error = {
      subtype: "success",
      is_error: true,
      api_error_status: 529,
      result: "API Error: 529 overloaded",
    };
    const { run } = fakeClaude([PLAN, { ...MEND, says: error }]);
    const { outputs, files, result } = await run();
    expect([outputs.result, files["cart.js"], result.checks]).toEqual(["failed", "mended\n", []]);
    expect(result.calls.at(-1)?.ended).toBe("api-error");
  });

  test("what it was not allowed to do is told", async () => {
    const denied = [{ tool_name: "Bash", tool_input: { command: "curl https://evil.example" } }];
    const { run } = fakeClaude([PLAN, { ...MEND, says: { permission_denials: denied } }]);
    const { result } = await run();
    expect(result.calls.at(-1)?.denied.join()).toContain("curl");
  });
});
