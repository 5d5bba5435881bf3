import { describe, expect, it } from "vitest";
import { VirtualClock } from "./clock.ts";
import { createScriptedModel, type ModelStep } from "./model.ts";

const startModel = (...script: ModelStep[]) =>
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
    const step: ModelStep = { do: [{ edit: "total.js", from: "a", to: "b" }] };
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

describe("a scripted model by chat completions", () => {
  it("asks for an edit with a tool of OpenCode's, and says what the answer took", async () => {
    const step: ModelStep = { do: [{ edit: "total.js", from: "a", to: "b" }] };
    const text = await (await startModel(step).fetch(ask("/v1/chat/completions"))).text();
    const chunks = [...text.matchAll(/^data: (\{.*)$/gm)].map((match) => JSON.parse(String(match[1])));
    const [call] = chunks[0].choices[0].delta.tool_calls;
    expect([call.function.name, JSON.parse(call.function.arguments)]).toEqual([
      "edit",
      { filePath: "total.js", oldString: "a", newString: "b" },
    ]);
    expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { total_tokens: 1_100 } });
    expect(text).toMatch(/data: \[DONE\]\n\n$/);
  });

  it("refuses a key in the words of OpenAI", async () => {
    const reply = await startModel().fetch(ask("/v1/chat/completions", {}, "sk-other"));
    expect([reply.status, await reply.json()]).toEqual([
      401,
      { error: expect.objectContaining({ code: "invalid_api_key" }) },
    ]);
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
    const step: ModelStep = { do: [{ edit: "total.js", from: "a\n", to: "b\nc\n" }] };
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

describe("the list of models", () => {
  const list = (headers: Record<string, string>, path = "/v1/models") =>
    startModel({ say: "Repaired." }).fetch(new Request(`http://model${path}`, { headers }));
  const VERSION = { "anthropic-version": "2023-06-01" };

  it("is Anthropic's for its headers", async () => {
    const reply = await list({ "x-api-key": "sk-scripted", ...VERSION });
    expect(await reply.json()).toEqual({
      data: [
        { type: "model", id: "scripted-1", display_name: "scripted-1", created_at: "2026-01-01T00:00:00Z" },
      ],
      has_more: false,
      first_id: "scripted-1",
      last_id: "scripted-1",
    });
  });

  it("is OpenAI's for a bearer", async () => {
    const reply = await list({ authorization: "Bearer sk-scripted" });
    expect(await reply.json()).toEqual({
      object: "list",
      data: [{ id: "scripted-1", object: "model", created: 1_767_225_600, owned_by: "openai" }],
    });
  });

  it.each<[string, Record<string, string>, number, string, string]>([
    [
      "a wrong key",
      { "x-api-key": "sk-other", ...VERSION },
      401,
      "authentication_error",
      "invalid x-api-key",
    ],
    ["no key", VERSION, 401, "authentication_error", "x-api-key header is required"],
    [
      "no version",
      { "x-api-key": "sk-scripted" },
      400,
      "invalid_request_error",
      "anthropic-version: header is required",
    ],
  ])("is refused for %s in Anthropic's words", async (_, headers, status, type, message) => {
    const reply = await list(headers);
    expect(reply.status).toBe(status);
    expect(await reply.json()).toMatchObject({ type: "error", error: { type, message } });
  });

  it.each<[string, Record<string, string>, string, string | null]>([
    [
      "a wrong key, of which it repeats the ends",
      { authorization: "Bearer sk-proj-SECRETS1234" },
      "Incorrect API key provided: sk-proj-*******1234. You can find your API key at https://platform.openai.com/account/api-keys.",
      "invalid_api_key",
    ],
    ["no key", {}, "Missing bearer authentication in header", null],
  ])("is refused for %s in OpenAI's words", async (_, headers, message, code) => {
    const reply = await list(headers);
    expect(reply.status).toBe(401);
    expect(await reply.json()).toEqual({
      error: { message, type: "invalid_request_error", param: null, code },
    });
  });

  it("plays no step", async () => {
    const model = startModel({ say: "Repaired." });
    await model.fetch(
      new Request("http://model/v1/models", { headers: { authorization: "Bearer sk-scripted" } }),
    );
    expect([model.left(), model.asked, model.violations]).toEqual([1, [], []]);
  });
});

it.each(["/v1/embeddings", "/v1/models?limit=1"])("knows nothing else, as %s", async (path) => {
  const model = startModel({ say: "Repaired." });
  expect((await model.fetch(new Request(`http://model${path}`))).status).toBe(404);
  expect(model.violations).toEqual([`GET ${path} is not a route of the scripted model`]);
});
