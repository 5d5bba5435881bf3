import { describe, expect, it } from "vitest";
import { answered, refusal } from "../testing/answers.ts";
import type { WorkerFacts, WorkerSettings } from "./facts.ts";
import { judgeWorker } from "./judge-worker.ts";

const SETTINGS: WorkerSettings = {
  agent: "claude-code",
  "anthropic-api-key": "key",
};
const unauthorized = refusal("unauthorized", {
  found: 'OpenAI answered 401: "Incorrect API key provided: sk-pr***cdef".',
});
const judge = (settings: Partial<WorkerSettings> = {}, facts: WorkerFacts = { models: answered(4) }) =>
  judgeWorker({ ...SETTINGS, ...settings }, facts);
const found = (name: string, ...rest: Parameters<typeof judge>) =>
  judge(...rest).find((check) => check.name === name);

describe("the model key", () => {
  it("is right where the vendor lists its models", () => {
    expect(found("Model key")).toMatchObject({ state: "ok", found: "`claude-code` may use 4 models." });
  });

  it.each([
    [{ "anthropic-api-key": undefined, "openai-api-key": "key" }, "anthropic-api-key"],
    [{ agent: "codex" }, "openai-api-key"],
  ])("of the agent is asked for, and not another one: %j", (settings, input) => {
    expect(found("Model key", settings, {})).toMatchObject({ state: "missing", settings: [input] });
  });

  it("that is refused is not repeated, not even in part", () => {
    const check = found("Model key", {}, { models: unauthorized });
    expect(check?.state).toBe("missing");
    expect(JSON.stringify(check)).not.toMatch(/sk-pr|cdef/);
  });
});

describe("OpenCode", () => {
  it("needs the address of a model, and no key", () => {
    expect(found("Agent", { agent: "opencode" })?.state).toBe("missing");
    const asked = { agent: "opencode", "model-url": "https://openrouter.ai/api/v1" };
    expect(found("Agent", asked)?.state).toBe("missing");
    expect(found("Agent", { ...asked, "model-implement": "qwen3" })?.state).toBe("unseen");
  });
});

describe("the cost limit", () => {
  it.each([
    [undefined, "$5"],
    ["12.5", "$12.5"],
  ])("of %j is shown, and not called right, as nothing was asked", (maxCost, text) => {
    expect(found("Cost limit", { "max-cost-usd": maxCost })).toMatchObject({
      state: "unseen",
      found: expect.stringContaining(text),
    });
  });

  it.each(["five", "0", "-1", "10001", "1,5"])("of %j is wrong", (maxCost) => {
    expect(found("Cost limit", { "max-cost-usd": maxCost })?.state).toBe("missing");
  });
});

describe("the GitHub App", () => {
  const app = { "app-id": "Iv1", "app-private-key": "key" };
  const installed = (permissions: Record<string, string>): WorkerFacts => ({
    installation: answered({ permissions }),
  });

  it("is optional", () => {
    expect(found("GitHub App")?.state).toBe("off");
  });

  it("is right with both permissions", () => {
    expect(found("GitHub App", app, installed({ contents: "write", pull_requests: "write" }))?.state).toBe(
      "ok",
    );
  });

  it("that lacks a permission names it", () => {
    expect(found("GitHub App", app, installed({ contents: "write", pull_requests: "read" }))).toMatchObject({
      state: "missing",
      found: "It lacks `pull-requests: write`.",
    });
  });
});
