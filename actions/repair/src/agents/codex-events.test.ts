import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readCodexEvents } from "./codex-events.ts";
import { makeExit } from "./testing/agents.ts";

const STARTED = { type: "thread.started", thread_id: "01a1ff01-778f-7530-81ab-6f019b7c746d" };
const COMPLETED = { type: "turn.completed", usage: { input_tokens: 3000, output_tokens: 300 } };
const item = (type: string, more: object = {}) => ({
  type: "item.completed",
  item: { id: "item_0", type, ...more },
});
const command = (aggregated_output: string, exit_code = 0) =>
  item("command_execution", {
    command: "/bin/bash -c 'npm test'",
    aggregated_output,
    exit_code,
    status: "completed",
  });
const failed = (message: string) => ({ type: "turn.failed", error: { message } });

const linesOf = (...events: object[]) => events.map((event) => `${JSON.stringify(event)}\n`).join("");
const read = (...events: object[]) =>
  readCodexEvents(makeExit(linesOf(STARTED, { type: "turn.started" }, ...events)));

describe("the events of Codex", () => {
  it("come to a turn that is done, with its steps counted and an unknown cost", () => {
    const report = read(
      item("error", { message: "Model metadata not found." }),
      item("reasoning", { text: "…" }),
      item("file_change", { status: "completed" }),
      command("ok"),
      item("agent_message", { text: "done" }),
      COMPLETED,
    );
    expect(report).toEqual({
      ended: "done",
      session: STARTED.thread_id,
      text: "done",
      turns: 3,
      costUsd: null,
      denied: [],
      reason: "",
    });
  });

  it.each([
    [
      "unexpected status 401 Unauthorized: scripted: invalid_api_key, url: http://m/v1/responses",
      "unauthorized",
    ],
    ['{"error":{"message":"patchpilot: no turns are left"}}', "turns"],
    ['{"error":{"message":"patchpilot: no money is left"}}', "turns"],
    ["unexpected status 529 <unknown status code>: scripted, url: http://m/v1/responses", "api-error"],
    ["exceeded retry limit, last status: 429 Too Many Requests", "api-error"],
    ["We’re currently experiencing high demand, which may cause temporary errors.", "api-error"],
    ['{"error":{"message":"scripted","type":"invalid_request_error"}}', "api-error"],
  ])("with the failure %s are %s", (message, ended) => {
    expect(read(failed(message)).ended).toBe(ended);
  });

  it("name the input that holds a refused key", () => {
    expect(read(failed("unexpected status 401 Unauthorized")).reason).toContain("`openai-api-key`");
  });

  it("without a step are a refusal", () => {
    expect(read(COMPLETED).ended).toBe("refused");
  });

  it("that break off are a crash", () => {
    expect(read(command("ok")).ended).toBe("crashed");
  });

  it("of a run that was stopped keep the session", () => {
    const stdout = linesOf(STARTED, command("ok"));
    const report = readCodexEvents(
      makeExit(`${stdout}{"type":"item.comp`, { code: null, interrupted: "time" }),
    );
    expect(report).toMatchObject({ ended: "timeout", session: STARTED.thread_id, turns: 1 });
  });

  it("name what the sandbox did not allow", () => {
    const { denied } = read(command("touch: cannot touch '/root/x': Read-only file system\n", 1), COMPLETED);
    expect(denied).toEqual(["/bin/bash -c 'npm test'"]);
  });

  it("are a crash where no command could run in the sandbox, though Codex calls the turn completed", () => {
    const bwrap = command("bwrap: Creating new namespace failed: Operation not permitted\n", 1);
    const report = read(
      bwrap,
      bwrap,
      item("agent_message", { text: "I could not run the tests." }),
      COMPLETED,
    );
    expect(report.ended).toBe("crashed");
    expect(report.reason).toContain("kernel.apparmor_restrict_unprivileged_userns=0");
  });

  it("never throw, whatever was printed", () => {
    const noise = fc.array(
      fc.oneof(
        fc.string(),
        fc.json(),
        fc
          .record({
            type: fc.constantFrom("item.completed", "turn.failed"),
            item: fc.anything(),
            error: fc.anything(),
          })
          .map((value) => JSON.stringify(value) ?? ""),
      ),
    );
    fc.assert(
      fc.property(noise, (lines) => typeof readCodexEvents(makeExit(lines.join("\n"))).reason === "string"),
    );
  });
});
