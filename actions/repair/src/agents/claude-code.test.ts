import { describe, expect, it } from "vitest";
import { createClaudeCode } from "./claude-code.ts";
import { findValues, makeSettings, makeTurn } from "./testing/agents.ts";

const callOf = (turn = makeTurn(), settings = makeSettings()) => createClaudeCode(settings).makeCall(turn);
const allowedIn = (args: readonly string[]): string[] =>
  JSON.parse(String(findValues(args, "--settings")[0])).permissions.allow;

describe("a call of Claude Code", () => {
  it("passes the prompt on stdin, where nothing of it is an argument", () => {
    const call = callOf(makeTurn({ prompt: "--dangerously-skip-permissions" }));
    expect(call.stdin).toBe("--dangerously-skip-permissions");
    expect(call.args).not.toContain("--dangerously-skip-permissions");
  });

  it("gives the plan stage no tool that changes anything", () => {
    const { args } = callOf(makeTurn({ stage: "plan" }));
    expect(findValues(args, "--tools")).toEqual(["Read,Glob,Grep"]);
    expect(findValues(args, "--permission-mode")).toEqual(["dontAsk"]);
  });

  it("allows the checks, each simple command by itself", () => {
    const { args } = callOf(makeTurn(), makeSettings({ checks: ["npm ci && npm test", "make lint"] }));
    expect(allowedIn(args)).toEqual([
      "Read",
      "Glob",
      "Grep",
      "Bash(npm ci:*)",
      "Bash(npm test:*)",
      "Bash(make lint:*)",
    ]);
  });

  it("allows every command only where the recipe says so", () => {
    const { args } = callOf(makeTurn(), makeSettings({ tools: ["edit", "run-commands"] }));
    expect(allowedIn(args)).toContain("Bash");
  });

  it("edits nothing for a recipe that may not edit", () => {
    const { args } = callOf(makeTurn(), makeSettings({ tools: ["run-checks"] }));
    expect(findValues(args, "--tools")).toEqual(["Read,Glob,Grep,Bash"]);
    expect(findValues(args, "--permission-mode")).toEqual(["dontAsk"]);
  });

  it("lets nothing of the checkout configure it", () => {
    const { args } = callOf();
    expect(findValues(args, "--setting-sources")).toEqual(["user"]);
    expect(args).toContain("--strict-mcp-config");
  });

  it("continues a session and limits its turns", () => {
    const { args } = callOf(makeTurn({ stage: "fix", session: "s-1", maxTurns: 7, model: "sonnet" }));
    expect([
      ...findValues(args, "--resume"),
      ...findValues(args, "--max-turns"),
      ...findValues(args, "--model"),
    ]).toEqual(["s-1", "7", "sonnet"]);
  });

  it("limits its money to what is left of it", () => {
    const limited = callOf(makeTurn({ maxCostUsd: 1.25 })).args;
    expect([findValues(limited, "--max-budget-usd"), callOf().args]).toEqual([
      ["1.25"],
      expect.not.arrayContaining(["--max-budget-usd"]),
    ]);
  });

  it("puts the key into the environment alone, and only its own", () => {
    const call = callOf(makeTurn(), makeSettings({ modelUrl: "http://gateway" }));
    expect(call.env).toEqual({
      ANTHROPIC_API_KEY: "sk-ant-secret",
      ANTHROPIC_BASE_URL: "http://gateway",
      CLAUDE_CONFIG_DIR: "/scratch",
      CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1",
      CLAUDE_CODE_MAX_RETRIES: "1",
    });
    expect(call.args.join(" ")).not.toContain("secret");
  });
});
