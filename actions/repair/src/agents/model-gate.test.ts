import { once } from "node:events";
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request,
  type Server,
} from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, describe, expect, it } from "vitest";
import { openDoor } from "../network/door.ts";
import { fakeClock } from "../testing/fake-clock.ts";
import { ANTHROPIC, CHAT, type ModelGate, type ModelMoney, OPENAI, openModelGate } from "./model-gate.ts";

type Asked = {
  readonly url: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
};

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

const MONEY = { prices: { models: new Map() }, maxUsd: undefined };
const PATIENCE = { clock: fakeClock(), onWait: () => {} };
const onLoopback = (server: Server) => openDoor(server, { host: "127.0.0.1" });

/** A model that answers everything with two events, and a gate in front of it. */
async function openGate(
  vendor = ANTHROPIC,
  first = "data: 1\n\n",
  money: ModelMoney = MONEY,
): Promise<{ gate: ModelGate; asked: Asked[] }> {
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    asked.push({ url: request.url, headers: request.headers, body: await text(request) });
    response.writeHead(200, { "content-type": "text/event-stream", "request-id": "r-1" });
    response.write(first);
    response.end("data: 2\n\n");
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}/gateway/`;
  const gate = await openModelGate({ vendor, key: "sk-secret", url, money }, onLoopback, PATIENCE);
  ends.push(gate.close, () => new Promise((closed) => server.close(closed)));
  return { gate, asked };
}

const ask = (gate: ModelGate, path = "/v1/messages", key = gate.token, method = "POST") =>
  fetch(gate.url + path, {
    method,
    headers: { "x-api-key": key, "anthropic-version": "2023-06-01" },
    ...(method === "POST" ? { body: '{"model":"m"}' } : {}),
  });

it("ends the retries of an agent that would ask a failing model for ever, and begins anew after an answer", async () => {
  const statuses = [500, 500, 500, 500, 200, 500];
  const server = createServer((_, response) => response.writeHead(statuses.shift() ?? 200).end("{}"));
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}/v1`;
  const gate = await openModelGate({ vendor: CHAT, key: undefined, url, money: MONEY }, onLoopback, PATIENCE);
  ends.push(gate.close, () => new Promise((closed) => server.close(closed)));
  const post = () =>
    fetch(`${gate.url}/chat/completions`, {
      method: "POST",
      headers: { authorization: `Bearer ${gate.token}` },
      body: "{}",
    });
  const heard = [];
  for (let count = 0; count < 6; count++) heard.push((await post()).status);
  expect(heard).toEqual([500, 500, 500, 400, 200, 500]);
});

describe("the gate", () => {
  it("asks the gateway with the real key, and streams the answer back", async () => {
    const { gate, asked } = await openGate();
    const reply = await ask(gate, "/v1/messages?beta=true");
    expect([await reply.text(), reply.headers.get("request-id")]).toEqual(["data: 1\n\ndata: 2\n\n", "r-1"]);
    expect(asked).toMatchObject([
      {
        url: "/gateway/v1/messages?beta=true",
        body: '{"model":"m"}',
        headers: { "x-api-key": "sk-secret", "anthropic-version": "2023-06-01" },
      },
    ]);
  });

  it("counts the tokens of an answer, and passes it on as it is", async () => {
    const usage = { input_tokens: 3, output_tokens: 4 };
    const first = `data: ${JSON.stringify({ model: "claude-x", usage })}\n\n`;
    const { gate } = await openGate(ANTHROPIC, first);
    expect(await (await ask(gate)).text()).toBe(`${first}data: 2\n\n`);
    expect(gate.usage()).toMatchObject([{ model: "claude-x", requests: 1, input: 3, output: 4 }]);
  });

  it("sends OpenAI's key as a bearer", async () => {
    const { gate, asked } = await openGate(OPENAI);
    const headers = { authorization: `Bearer ${gate.token}` };
    await fetch(`${gate.url}/v1/responses`, { method: "POST", headers, body: "{}" });
    expect(asked[0]?.headers.authorization).toBe("Bearer sk-secret");
  });

  it.each(["", "sk-secret", "x".repeat(64)])("does not open to the token %o", async (token) => {
    const { gate, asked } = await openGate();
    expect([(await ask(gate, "/v1/messages", token)).status, asked]).toEqual([401, []]);
  });

  it.each([
    ["POST", "/v1/files"],
    ["GET", "/v1/messages"],
    ["POST", "/v1/messages/../organizations"],
  ])("does not pass %s %s on", async (method, path) => {
    const { gate, asked } = await openGate();
    expect([(await ask(gate, path, gate.token, method)).status, asked]).toEqual([404, []]);
  });

  it.each([
    ["without the token", "", 401],
    ["with it", undefined, 404],
  ])("stays open where somebody asks for no address, %s", async (_, token, status) => {
    const { gate } = await openGate();
    const headers = { "x-api-key": token ?? gate.token };
    const { port } = new URL(gate.url);
    const asked = request({ host: "127.0.0.1", port, path: "//", method: "POST", headers }).end();
    const [reply] = (await once(asked, "response")) as [IncomingMessage];
    expect([reply.statusCode, (await ask(gate)).status]).toEqual([status, 200]);
  });

  it("answers that no turns are left after the requests that it may let through", async () => {
    const { gate } = await openGate();
    gate.allow(1);
    const replies = [await ask(gate), await ask(gate)];
    expect(replies.map(({ status }) => status)).toEqual([200, 400]);
    expect(await replies[1]?.text()).toContain("patchpilot: no turns are left");
  });

  const PRICED = `data: ${JSON.stringify({ model: "m-2026-01-31", usage: { input_tokens: 3e6, output_tokens: 1e6 } })}\n\n`;
  const prices = { models: new Map([["m", { input: 1, output: 2, "cache-read": 1, "cache-write": 2 }]]) };

  it.each([
    ["no money is left after the answer that exceeds it", prices, 4.5, [200, 400]],
    ["nothing of the kind as long as some is left", prices, 10.5, [200, 200]],
    ["nothing of the kind where no model has a price", MONEY.prices, 4.5, [200, 200]],
  ])("answers that %s", async (_, list, maxUsd, statuses) => {
    const { gate } = await openGate(ANTHROPIC, PRICED, { prices: list, maxUsd });
    const replies = [await ask(gate), await ask(gate)];
    const texts = await Promise.all(replies.map((reply) => reply.text()));
    expect(replies.map(({ status }) => status)).toEqual(statuses);
    expect(texts[1]?.includes("patchpilot: no money is left")).toBe(statuses[1] === 400);
  });

  it("knows that an answer without usage has no price", async () => {
    const { gate } = await openGate();
    await (await ask(gate)).text();
    await (await ask(gate, "/v1/messages/count_tokens")).text();
    expect(gate.usage()).toMatchObject([{ model: "", requests: 1 }]);
  });

  it("counts no request that only counts tokens", async () => {
    const { gate } = await openGate();
    gate.allow(1);
    await ask(gate, "/v1/messages/count_tokens");
    expect((await ask(gate)).status).toBe(200);
  });

  it("answers 413 to a request that is too long, and passes nothing of it on", async () => {
    const { gate, asked } = await openGate();
    const headers = { "x-api-key": gate.token };
    const body = new Uint8Array(64 * 1024 * 1024 + 1);
    const reply = await fetch(`${gate.url}/v1/messages`, { method: "POST", headers, body });
    const { error } = (await reply.json()) as { error: { message: string } };
    expect([reply.status, error.message, asked]).toEqual([
      413,
      "patchpilot: the request is longer than 67108864 bytes",
      [],
    ]);
    expect((await ask(gate)).status).toBe(200);
  });

  it("says which model cannot be reached, without the key", async () => {
    const facts = { vendor: ANTHROPIC, key: "sk-secret", url: "http://127.0.0.1:1", money: MONEY };
    const gate = await openModelGate(facts, onLoopback, PATIENCE);
    ends.push(gate.close);
    const reply = await ask(gate);
    const said = await reply.text();
    expect([reply.status, said.includes("cannot be reached"), said.includes("sk-secret")]).toEqual([
      502,
      true,
      false,
    ]);
  });
});

it("opens for no key that a header cannot hold, and does not quote it", async () => {
  const facts = { vendor: ANTHROPIC, key: "sk-secret\nsecond line", url: undefined, money: MONEY };
  const opening = openModelGate(facts, onLoopback, PATIENCE);
  await expect(opening).rejects.toThrow(/^The model's key has a blank or a line break in it(?!.*sk-secret)/);
});
