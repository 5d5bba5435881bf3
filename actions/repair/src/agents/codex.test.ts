import { describe, expect, it } from "vitest";
import { createCodex } from "./codex.ts";
import { findValues, makeSettings, makeTurn } from "./testing/agents.ts";

const callOf = (turn = makeTurn(), settings = makeSettings()) => createCodex(settings).makeCall(turn);
const configIn = (args: readonly string[], key: string) =>
  findValues(args, "-c").filter((entry) => entry.startsWith(`${key}=`));

describe("a call of Codex", () => {
  it("takes the prompt from stdin", () => {
    const call = callOf();
    expect([call.stdin, call.args.at(-1)]).toEqual(["Repair the total.", "-"]);
  });

  it.each([
    ["plan", ["edit"], "read-only"],
    ["implement", ["edit"], "workspace-write"],
    ["implement", ["run-checks"], "read-only"],
  ] as const)("in stage %s with %o is sandboxed %s", (stage, tools, mode) => {
    const { args } = callOf(makeTurn({ stage }), makeSettings({ tools: [...tools] }));
    expect(configIn(args, "sandbox_mode")).toEqual([`sandbox_mode="${mode}"`]);
  });

  it("does without its own sandbox only in a container of ours", () => {
    const { args } = callOf(makeTurn(), makeSettings({ contained: true }));
    expect(configIn(args, "sandbox_mode")).toEqual(['sandbox_mode="danger-full-access"']);
  });

  it("continues a session", () => {
    const { args } = callOf(makeTurn({ stage: "fix", session: "t-1" }));
    expect([args.slice(1, 3), args.slice(-2)]).toEqual([
      ["exec", "resume"],
      ["t-1", "-"],
    ]);
  });

  it("keeps the key out of its arguments and out of the commands that it runs", () => {
    const call = callOf(makeTurn(), makeSettings({ modelUrl: "http://gateway/" }));
    expect(call.env).toEqual({ OPENAI_API_KEY: "sk-secret", CODEX_HOME: "/scratch" });
    expect(call.args.join(" ")).not.toContain("sk-secret");
    expect(configIn(call.args, "shell_environment_policy.exclude")).toEqual([
      'shell_environment_policy.exclude=["OPENAI_API_KEY"]',
    ]);
    expect(configIn(call.args, "model_providers.patchpilot")[0]).toContain('base_url = "http://gateway/v1"');
  });
});
