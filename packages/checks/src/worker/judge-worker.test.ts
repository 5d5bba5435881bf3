import { describe, expect, it } from "vitest";
import type { Answered, Refused } from "../asking.ts";
import type { WorkerFacts, WorkerSettings } from "./facts.ts";
import { judgeWorker } from "./judge-worker.ts";

const SETTINGS: WorkerSettings = {
  agent: "claude-code",
  command: undefined,
  keys: { anthropic: "key", openai: undefined },
  modelUrl: undefined,
  setupCommand: undefined,
  testCommand: undefined,
  maxCost: undefined,
  npmToken: undefined,
  appId: undefined,
  appKey: undefined,
};
const answered = <T>(value: T): Answered<T> => ({ state: "answered", value, asked: ["GET /v1/models"] });
const unauthorized: Refused = {
  state: "refused",
  kind: "unauthorized",
  found: 'OpenAI answered 401: "Incorrect API key provided: sk-pr***cdef".',
  remedy: "Make a new one.",
  asked: ["GET /v1/models"],
};
const judge = (settings: Partial<WorkerSettings> = {}, facts: WorkerFacts = { models: answered(4) }) =>
  judgeWorker({ ...SETTINGS, ...settings }, facts);
const found = (name: string, ...rest: Parameters<typeof judge>) =>
  judge(...rest).find((check) => check.name === name);

describe("the model key", () => {
  it("is right where the vendor lists its models", () => {
    expect(found("Model key")).toMatchObject({ state: "ok", found: "`claude-code` may use 4 models." });
  });

  it.each([
    [{ keys: { anthropic: undefined, openai: "key" } }, "anthropic-api-key"],
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

describe("the cost limit", () => {
  it.each([
    [undefined, "$5"],
    ["12.5", "$12.5"],
  ])("of %j is shown, and not called right, as nothing was asked", (maxCost, text) => {
    expect(found("Cost limit", { maxCost })).toMatchObject({
      state: "unseen",
      found: expect.stringContaining(text),
    });
  });

  it.each(["five", "0", "-1", "10001", "1,5"])("of %j is wrong", (maxCost) => {
    expect(found("Cost limit", { maxCost })?.state).toBe("missing");
  });
});

describe("the GitHub App", () => {
  const app = { appId: "Iv1", appKey: "key" };
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
