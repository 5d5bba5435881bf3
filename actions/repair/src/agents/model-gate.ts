import { randomBytes, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import { type ModelUsage, type Prices, priceUsage } from "@patchpilot/incident";
import type { Door } from "../network/door.ts";
import { askUntilAnswered, type Patience } from "./ask-patiently.ts";
import { addUsage, countAnswer, unknownUsage } from "./count-usage.ts";
import { describeNoAnswer, NO_MONEY_LEFT, NO_TURNS_LEFT } from "./sentences.ts";

/** Where the models of a vendor answer, and in which header they want their key. */
export type Vendor = {
  readonly url: string;
  /** The only requests that pass. */
  readonly paths: readonly string[];
  readonly makeHeader: (key: string) => [name: string, value: string];
  /** How often its agent may ask again one after the other: for one that would do so for ever. */
  readonly mostRetries?: number;
};

export const ANTHROPIC: Vendor = {
  url: "https://api.anthropic.com",
  paths: ["/v1/messages", "/v1/messages/count_tokens"],
  makeHeader: (key) => ["x-api-key", key],
};

export const OPENAI: Vendor = {
  url: "https://api.openai.com",
  paths: ["/v1/responses", "/v1/responses/compact"],
  makeHeader: (key) => ["authorization", `Bearer ${key}`],
};

/** A server that speaks OpenAI's chat completions: there is no address but the one that is given, up to this path. */
export const CHAT: Vendor = {
  url: "",
  paths: ["/chat/completions"],
  makeHeader: (key) => ["authorization", `Bearer ${key}`],
  // OpenCode waits twice as long each time: 14 seconds for these, and then until the step's time is over.
  mostRetries: 3,
};

/**
 * A door to a model. It holds the key; the agent and what the agent runs have none: they have a
 * token that is worth nothing after the run and opens nothing but the model. It counts requests and what they cost, as some
 * agents have no limit of their own.
 */
export type ModelGate = {
  readonly url: string;
  readonly token: string;
  /** Lets this many further requests through; a retry is one, too. */
  readonly allow: (requests: number) => void;
  /** What each model has counted so far. The agent has no say in it. */
  readonly usage: () => readonly ModelUsage[];
  readonly close: () => Promise<void>;
};

/** What the gate knows of the model. */
export type ModelFacts = {
  readonly vendor: Vendor;
  /** Absent: it is asked without one, as a gateway may want it. */
  readonly key: string | undefined;
  /** A gateway instead of the vendor's own address, without `/v1`. */
  readonly url: string | undefined;
  readonly money: ModelMoney;
};

/** What answers cost, and may cost. */
export type ModelMoney = {
  readonly prices: Prices;
  /** Dollars for all of them, as far as models have prices: the answer that exceeds it is the last. */
  readonly maxUsd: number | undefined;
};

/** Opens a gate where the agent reaches it. @throws Error if the key cannot be one: a fault later would quote it to the agent */
export async function openModelGate(
  { vendor, key, url = vendor.url, money }: ModelFacts,
  openDoor: (server: Server) => Promise<Door>,
  patience: Patience,
): Promise<ModelGate> {
  if (key !== undefined && !/^[!-~]+$/.test(key))
    throw new Error(
      "The model's key has a blank or a line break in it, which no key has. Copy the secret again.",
    );
  const token = randomBytes(32).toString("hex");
  let left = Number.POSITIVE_INFINITY;
  let used: readonly ModelUsage[] = [];
  const ask = askUntilAnswered(patience);
  const isLast = countFailures(vendor.mostRetries);
  const onUsage = (answer: ModelUsage) => {
    used = addUsage(used, answer);
  };
  const { prices, maxUsd = Number.POSITIVE_INFINITY } = money;
  const server = createServer(async (request, response) => {
    if (!holdsToken(request, vendor, token))
      return refuse(response, 401, "patchpilot: not the token of this run");
    // Every program of the machine can ask: what is no address must not end this process.
    const { pathname, search } = URL.parse(request.url ?? "/", "http://gate") ?? { pathname: "", search: "" };
    if (request.method !== "POST" || !vendor.paths.includes(pathname))
      return refuse(response, 404, `patchpilot: ${request.method} ${pathname} is not for agents`);
    const isCounted = !pathname.endsWith("/count_tokens");
    if (isCounted) left -= 1;
    if (left < 0) return refuse(response, 400, NO_TURNS_LEFT);
    if (isCounted && priceUsage(used, prices).usd >= maxUsd) return refuse(response, 400, NO_MONEY_LEFT);
    const secret = key === undefined ? [] : [vendor.makeHeader(key)];
    const address = `${url.replace(/\/+$/, "")}${pathname}${search}`;
    await passOn(request, response, { url: address, key: secret, ask, isLast, isCounted, onUsage });
  });
  return {
    ...(await openDoor(server)),
    token,
    allow: (requests) => {
      left = requests;
    },
    usage: () => used,
  };
}

/** Says of each answer whether nobody is to ask again after it: failures in a row are more than the retries. */
function countFailures(mostRetries = Number.POSITIVE_INFINITY): (status: number) => boolean {
  let failures = 0;
  return (status) => {
    failures = status === 429 || status >= 500 ? failures + 1 : 0;
    return failures > mostRetries;
  };
}

function holdsToken(request: IncomingMessage, vendor: Vendor, token: string): boolean {
  const [name, expected] = vendor.makeHeader(token);
  const given = Buffer.from(String(request.headers[name] ?? ""));
  const wanted = Buffer.from(expected);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

function refuse(response: ServerResponse, status: number, message: string): void {
  const error = { type: "invalid_request_error", message, code: "patchpilot" };
  response
    .writeHead(status, { "content-type": "application/json" })
    .end(JSON.stringify({ type: "error", error }));
}

/** Headers that belong to one connection, and not to the message. */
const OF_CONNECTION = [
  ...["host", "connection", "keep-alive", "transfer-encoding", "content-length"],
  ...["expect", "upgrade", "te", "trailer", "proxy-authorization"],
];
const NOT_ASKED = new Set([...OF_CONNECTION, "authorization", "x-api-key", "accept-encoding"]);
/** `fetch` has undone the encoding. */
const NOT_ANSWERED = new Set([...OF_CONNECTION, "content-encoding"]);

/** Bytes of a request. Anthropic takes half as many; every program behind the wall could fill the memory otherwise. */
const MOST_BODY = 64 * 1024 * 1024;

/** @returns undefined if it is longer; what is left of it is then let go */
async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    size += (chunk as Buffer).length;
    if (size > MOST_BODY) {
      request.resume();
      return undefined;
    }
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}

type Model = {
  readonly url: string;
  readonly key: readonly [string, string][];
  readonly ask: ReturnType<typeof askUntilAnswered>;
  readonly isLast: (status: number) => boolean;
  /** Its answer has a price. */
  readonly isCounted: boolean;
  readonly onUsage: (answer: ModelUsage) => void;
};

async function passOn(
  request: IncomingMessage,
  response: ServerResponse,
  { url, key, ask, isLast, isCounted, onUsage }: Model,
): Promise<void> {
  const gone = new AbortController();
  response.on("close", () => gone.abort());
  try {
    const body = await readBody(request);
    if (body === undefined)
      return refuse(response, 413, `patchpilot: the request is longer than ${MOST_BODY} bytes`);
    const headers = [...without(NOT_ASKED, Object.entries(request.headers)), ...key];
    const post = () => fetch(url, { method: "POST", headers, body, redirect: "error", signal: gone.signal });
    const reply = await ask(post, gone.signal);
    if (isLast(reply.status)) {
      await reply.body?.cancel();
      return refuse(response, 400, describeNoAnswer(reply.status));
    }
    response.writeHead(reply.status, Object.fromEntries(without(NOT_ANSWERED, reply.headers)));
    if (reply.body === null) response.end();
    else if (isCounted && reply.ok) await pipeline(reply.body, (body) => counting(body, onUsage), response);
    else await pipeline(reply.body, response);
  } catch (cause) {
    if (gone.signal.aborted || response.headersSent) response.destroy();
    else refuse(response, 502, `patchpilot: the model cannot be reached (${describe(cause)})`);
  }
}

/** Passes an answer on as it is. What came of one that breaks off is counted as well, and that nobody knows the rest. */
async function* counting(body: AsyncIterable<Uint8Array>, onUsage: Model["onUsage"]) {
  const counter = countAnswer();
  let isWhole = false;
  try {
    for await (const chunk of body) {
      counter.push(chunk);
      yield chunk;
    }
    isWhole = true;
  } finally {
    const usage = counter.end();
    if (usage !== undefined) onUsage(usage);
    if (usage === undefined || !isWhole) onUsage(unknownUsage(usage === undefined ? 1 : 0));
  }
}

function without(
  names: ReadonlySet<string>,
  headers: Iterable<[string, string | string[] | undefined]>,
): [string, string][] {
  return [...headers].flatMap(([name, value]): [string, string][] =>
    value === undefined || names.has(name) ? [] : [[name, String(value)]],
  );
}

function describe(cause: unknown): string {
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  return inner instanceof Error ? inner.message : String(inner);
}
