import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readOpenCodeEvents } from "./opencode-events.ts";
import { describeNoAnswer } from "./sentences.ts";
import { makeExit } from "./testing/agents.ts";

const line = (type: string, more: object) => JSON.stringify({ type, sessionID: "ses_1", ...more });
const finish = (reason = "stop") => line("step_finish", { part: { type: "step-finish", reason, cost: 0 } });
const say = (text: string) => line("text", { part: { type: "text", text } });
const fail = (name: string, data: object) => line("error", { error: { name, data } });
const tool = (state: object) => line("tool_use", { part: { type: "tool", tool: "bash", state } });
const read = (lines: readonly string[], more = {}) => readOpenCodeEvents(makeExit(lines.join("\n"), more));

describe("the events of OpenCode", () => {
  it("end as done, with its last words, its session and its answers as turns", () => {
    expect(read([say("Looking."), finish("tool-calls"), say("Repaired."), finish()])).toEqual({
      ...{
        ended: "done",
        session: "ses_1",
        text: "Repaired.",
        turns: 2,
        costUsd: null,
        denied: [],
        reason: "",
      },
    });
  });

  it("name what was not allowed", () => {
    const input = { command: "touch /etc/x" };
    const error = "The user has specified a rule which prevents you from using this specific tool call.";
    expect(read([tool({ status: "error", input, error }), finish()]).denied).toEqual(["bash: touch /etc/x"]);
  });

  it("do not take a command that failed for one that was not allowed", () => {
    expect(read([tool({ status: "error", input: {}, error: "timed out" }), finish()]).denied).toEqual([]);
  });

  it.each([
    [401, "unauthorized", "`model-api-key`"],
    [403, "unauthorized", "`model-api-key`"],
    [529, "api-error", "Nothing in the repository is at fault"],
    [404, "api-error", "`model-url`"],
    [undefined, "api-error", "an error"],
  ])("of an API that answers %s end as %s", (statusCode, ended, reason) => {
    const report = read([fail("APIError", { message: "scripted", statusCode })], { code: 1 });
    expect(report).toMatchObject({ ended, reason: expect.stringContaining(reason) });
  });

  it("tell the end of the turns from a fault of the API", () => {
    const data = { message: "Bad Request", statusCode: 400, responseBody: "patchpilot: no turns are left" };
    expect(read([finish(), fail("APIError", data)], { code: 1 }).ended).toBe("turns");
  });

  it("name the status of a model that the gate no longer asks", () => {
    const data = { message: "Bad Request", statusCode: 400, responseBody: describeNoAnswer(529) };
    expect(read([fail("APIError", data)], { code: 1 })).toMatchObject({ ended: "api-error", status: 529 });
  });

  it("name an error that is not the API's", () => {
    expect(read([fail("UnknownError", { message: "Model not found" })], { code: 1 })).toMatchObject({
      ...{ ended: "crashed", reason: "OpenCode reported an error (UnknownError): Model not found" },
    });
  });

  it.each([
    ["no words", [finish()]],
    ["a filter", [say("I can't"), finish("content-filter")]],
  ])("of a model that ends with %s end as refused", (_, lines) => {
    expect(read(lines).ended).toBe("refused");
  });

  it("end as crashed without an answer", () => {
    expect(read([], { code: 1, stderr: "Session not found" })).toMatchObject({
      ...{ ended: "crashed", turns: null, reason: expect.stringContaining("Session not found") },
    });
  });

  it("of a call that was stopped keep the session", () => {
    expect(read([finish()], { code: null, interrupted: "time" })).toMatchObject({
      ...{ ended: "timeout", session: "ses_1" },
    });
  });

  it("are taken from what OpenCode stored, as it does not print all of them", () => {
    const stored = (part: object) => JSON.stringify({ sessionID: "ses_1", error: null, part });
    const input = { command: "npm test" };
    const lines = [
      ...[finish("tool-calls"), "stored"],
      stored({ type: "tool", tool: "bash", state: { status: "completed", input } }),
      stored({ type: "step-finish", reason: "tool-calls" }),
      stored({ type: "text", text: "Repaired." }),
      stored({ type: "step-finish", reason: "stop" }),
    ];
    expect(read(lines)).toMatchObject({ ended: "done", session: "ses_1", text: "Repaired.", turns: 2 });
  });

  it("name an error that is only stored, and one that is only printed", () => {
    const stored = (error: unknown) => JSON.stringify({ sessionID: "ses_1", error, part: null });
    const refused = { name: "APIError", data: { message: "no", statusCode: 401 } };
    expect(read(["stored", stored(refused)]).ended).toBe("unauthorized");
    expect(read([fail(refused.name, refused.data), "stored", stored(null)]).ended).toBe("unauthorized");
  });

  it("never throw, whatever was printed", () => {
    fc.assert(
      fc.property(fc.string(), fc.json(), (text, json) => {
        expect(read([text, json, `{"type":"error","error":${json}}`]).costUsd).toBeNull();
      }),
    );
  });
});
