import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readClaudeReply } from "./claude-code-reply.ts";
import { makeExit } from "./testing/agents.ts";

/** What Claude Code 2.1.329 printed at the end of a good run, without what is not read. */
const GOOD = {
  type: "result",
  subtype: "success",
  is_error: false,
  result: "done",
  session_id: "326ce7ae-ba98-49ee-ad52-c003308e571c",
  stop_reason: "end_turn",
  api_error_status: null,
  terminal_reason: "completed",
  num_turns: 5,
  total_cost_usd: 0.018,
  permission_denials: [],
};

const read = (more: object = {}, exit: Parameters<typeof makeExit>[1] = {}) =>
  readClaudeReply(makeExit(JSON.stringify({ ...GOOD, ...more }), exit));

describe("a reply of Claude Code", () => {
  it("is done where it is no error", () => {
    expect(read()).toEqual({
      ended: "done",
      session: GOOD.session_id,
      text: "done",
      turns: 5,
      costUsd: 0.018,
      denied: [],
      reason: "",
    });
  });

  it.each([
    [{ subtype: "error_max_turns", result: undefined, terminal_reason: "max_turns" }, "turns"],
    [{ api_error_status: 400, result: "API Error: 400 patchpilot: no turns are left" }, "turns"],
    [{ api_error_status: 400, result: "API Error: 400 patchpilot: no money is left" }, "turns"],
    [{ stop_reason: "refusal", terminal_reason: "api_error" }, "refused"],
    [{ api_error_status: 401 }, "unauthorized"],
    [{ api_error_status: 403 }, "unauthorized"],
    [{ api_error_status: 529 }, "api-error"],
    [{ api_error_status: 400 }, "api-error"],
    [{ terminal_reason: "api_error" }, "api-error"],
    [{ subtype: "error_of_next_year" }, "crashed"],
  ])("with an error like %o is %s, though the subtype may say success", (more, ended) => {
    expect(read({ is_error: true, ...more }, { code: 1 })).toMatchObject({ ended, session: GOOD.session_id });
  });

  it("names what was denied, in a few words", () => {
    const permission_denials = [
      { tool_name: "Bash", tool_input: { command: `curl http://x.example\n${"y".repeat(500)}` } },
      { tool_name: "Novelty", tool_input: "?" },
    ];
    const { denied } = read({ permission_denials });
    expect(denied[0]).toMatch(/^Bash: curl http:\/\/x\.example y+…$/);
    expect([denied[0]?.length, denied[1]]).toEqual([120, "Novelty"]);
  });

  it("does not take an unknown cost for nothing", () => {
    expect(read({ total_cost_usd: "free", num_turns: undefined })).toMatchObject({
      costUsd: null,
      turns: null,
    });
  });

  it("keeps the session of a run that was stopped", () => {
    expect(read({}, { code: null, interrupted: "time" })).toMatchObject({
      ended: "timeout",
      session: GOOD.session_id,
    });
  });

  it("is found among other lines", () => {
    const stdout = `Warning: new version\n${JSON.stringify(GOOD)}\n{"type":"later"}\n`;
    expect(readClaudeReply(makeExit(stdout)).ended).toBe("done");
  });
});

describe("no reply of Claude Code", () => {
  it("is a crash with its last words", () => {
    const stderr = "Claude Code could not start: bubblewrap is required\n";
    expect(readClaudeReply(makeExit("", { code: 1, stderr }))).toMatchObject({
      ended: "crashed",
      costUsd: null,
      reason:
        "Claude Code ended with status 1 and without a result. It last said: Claude Code could not start: bubblewrap is required",
    });
  });

  it("is a timeout where it was stopped", () => {
    expect(readClaudeReply(makeExit("", { code: null, interrupted: "time" })).ended).toBe("timeout");
  });

  it("never throws, whatever was printed", () => {
    const noise = fc.oneof(
      fc.string(),
      fc.json(),
      fc
        .record({ type: fc.constant("result"), is_error: fc.anything() })
        .map((value) => JSON.stringify(value) ?? ""),
    );
    fc.assert(fc.property(noise, (stdout) => typeof readClaudeReply(makeExit(stdout)).reason === "string"));
  });
});
