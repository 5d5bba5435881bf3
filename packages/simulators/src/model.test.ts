import { describe, expect, it } from "vitest";
import { VirtualClock } from "./clock.ts";
import { createScriptedModel, type Step } from "./model.ts";

const startModel = (...script: Step[]) =>
  createScriptedModel({
    clock: new VirtualClock("2026-11-21T07:00:00Z"),
    script,
    key: "sk-scripted",
    cwd: "/shop",
  });

const ask = (path: string, body: object = {}, key = "sk-scripted"): Request =>
  new Request(`http://model${path}`, {
    method: "POST",
    headers: path.startsWith("/v1/messages") ? { "x-api-key": key } : { authorization: `Bearer ${key}` },
    body: JSON.stringify({ model: "m-1", ...body }),
  });

/** The events of a stream, in order, as their data. */
async function eventsOf(reply: Response): Promise<Record<string, unknown>[]> {
  return [...(await reply.text()).matchAll(/^data: (.*)$/gm)].map((match) => JSON.parse(String(match[1])));
}

describe("a scripted model over the Messages API", () => {
  it("streams a text between message_start and message_stop", async () => {
    const events = await eventsOf(await startModel({ say: "Repaired." }).fetch(ask("/v1/messages")));
    expect(events.map((event) => event["type"])).toEqual([
      "message_start",
      "content_block_start",
      "content_block_delta",
      "content_block_stop",
      "message_delta",
      "message_stop",
    ]);
    expect(events[2]?.["delta"]).toEqual({ type: "text_delta", text: "Repaired." });
    expect(events[4]).toMatchObject({ delta: { stop_reason: "end_turn" } });
  });

  it("reads a file before it edits it, as Claude Code demands", async () => {
    const step: Step = { do: [{ edit: "total.js", from: "a", to: "b" }] };
    const events = await eventsOf(await startModel(step).fetch(ask("/v1/messages")));
    const started = events.filter((event) => event["type"] === "content_block_start");
    expect(started.map((event) => event["content_block"])).toMatchObject([
      { name: "Read" },
      { name: "Edit" },
    ]);
    const inputs = events.flatMap(
      (event) => (event["delta"] as { partial_json?: string })?.partial_json ?? [],
    );
    expect(JSON.parse(String(inputs[1]))).toEqual({
      file_path: "/shop/total.js",
      old_string: "a",
      new_string: "b",
    });
  });

  it("counts tokens without playing a step", async () => {
    const model = startModel({ say: "Repaired." });
    const reply = await model.fetch(ask("/v1/messages/count_tokens"));
    expect(await reply.json()).toEqual({ input_tokens: 1_000 });
    expect(model.left()).toBe(1);
  });
});

describe("a scripted model over the Responses API", () => {
  it("asks for a command with a function call", async () => {
    const events = await eventsOf(
      await startModel({ do: [{ run: "npm test" }] }).fetch(ask("/v1/responses")),
    );
    expect(events.find((event) => event["type"] === "response.output_item.done")?.["item"]).toMatchObject({
      type: "function_call",
      name: "exec_command",
      arguments: '{"cmd":"npm test"}',
    });
    expect(events.at(-1)).toMatchObject({
      type: "response.completed",
      response: { usage: { total_tokens: 1_100 } },
    });
  });

  it("edits with a patch in Codex's language", async () => {
    const step: Step = { do: [{ edit: "total.js", from: "a\n", to: "b\nc\n" }] };
    const events = await eventsOf(await startModel(step).fetch(ask("/v1/responses")));
    const done = events.find((event) => event["type"] === "response.output_item.done");
    expect(done?.["item"]).toMatchObject({
      type: "custom_tool_call",
      input: "*** Begin Patch\n*** Update File: total.js\n@@\n-a\n+b\n+c\n*** End Patch\n",
    });
  });
});

describe.each(["/v1/messages", "/v1/responses"])("a scripted model at %s", (path) => {
  it("fails once and goes on", async () => {
    const model = startModel({ fail: 529 }, { say: "Repaired." });
    expect([(await model.fetch(ask(path))).status, (await model.fetch(ask(path))).status]).toEqual([
      529, 200,
    ]);
  });

  it("fails for ever where the script says so", async () => {
    const model = startModel({ fail: 401, always: true }, { say: "never" });
    await model.fetch(ask(path));
    expect((await model.fetch(ask(path))).status).toBe(401);
  });

  it("refuses another key and plays no step", async () => {
    const model = startModel({ say: "Repaired." });
    expect((await model.fetch(ask(path, {}, "sk-other"))).status).toBe(401);
    expect(model.left()).toBe(1);
  });

  it("keeps what it was asked", async () => {
    const model = startModel({ say: "Repaired." });
    await model.fetch(ask(path, { tools: [{ name: "Edit" }, { type: "web_search" }] }));
    expect(model.asked).toMatchObject([{ key: "sk-scripted", model: "m-1", tools: ["Edit", "web_search"] }]);
  });

  it("names a request after the end of the script", async () => {
    const model = startModel();
    expect((await model.fetch(ask(path))).status).toBe(400);
    expect(model.violations).toEqual(["request 1 came after the end of the script"]);
  });
});

it("knows no other route", async () => {
  const model = startModel({ say: "Repaired." });
  expect((await model.fetch(new Request("http://model/v1/models"))).status).toBe(404);
  expect(model.violations).toEqual(["GET /v1/models is not a route of the scripted model"]);
});
