import type { IncomingMessage } from "node:http";
import type { LookupFunction } from "node:net";
import { decoded } from "./content-encoding.ts";
import { HEALTH_AGENT } from "./probe-barrier.ts";

/**
 * `healthy`: it answered as expected. `unhealthy`: it was reached, or should have been, and did not.
 * `unknown`: nothing can be said about the app (its name does not resolve, the target is refused).
 */
export type ProbeResult = {
  readonly state: "healthy" | "unhealthy" | "unknown";
  /** One sentence. */
  readonly reason: string;
  /** What to do about it, in one sentence; absent if the answer does not show it. */
  readonly remedy?: string;
  readonly status?: number;
};

/** Why a probe ended without an answer to judge. */
export class ProbeFault extends Error {
  readonly state: "unhealthy" | "unknown";
  /** What to do about it, in one sentence. */
  readonly remedy: string | undefined;

  constructor(state: "unhealthy" | "unknown", reason: string, remedy?: string) {
    super(reason);
    this.state = state;
    this.remedy = remedy;
  }
}

export type ProbeAnswer = {
  readonly status: number;
  /** Where a redirect leads; undefined for every other status. */
  readonly location: string | undefined;
  /** Lower-case names; several of one name are joined. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The beginning of the decoded body. */
  readonly body: string;
};

export type AskOptions = {
  readonly lookup: LookupFunction;
  readonly headers: Readonly<Record<string, string>>;
  readonly maxBytes: number;
  readonly signal: AbortSignal;
};

/** One GET on a connection of its own, to the addresses that `lookup` gives, past any proxy. */
export async function ask(target: URL, options: AskOptions): Promise<ProbeAnswer> {
  const { request } = target.protocol === "https:" ? await import("node:https") : await import("node:http");
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const outgoing = request(target, {
      agent: false,
      headers: {
        "user-agent": HEALTH_AGENT,
        "cache-control": "no-cache",
        ...options.headers,
        accept: "*/*",
        "accept-encoding": "identity",
      },
      lookup: options.lookup,
      signal: options.signal,
    });
    outgoing.once("response", resolve).once("error", reject).end();
  });
  try {
    const status = response.statusCode ?? 0;
    const location = status >= 300 && status < 400 ? response.headers.location : undefined;
    const headers = Object.fromEntries(
      Object.entries(response.headers).map(([name, value]) => [name, String(value)]),
    );
    return { status, location, headers, body: await readBeginning(response, options.maxBytes) };
  } finally {
    response.destroy();
  }
}

async function readBeginning(response: IncomingMessage, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  // An encoding may be sent although none was asked for.
  const body = await decoded(response);
  if (body === undefined) throw new ProbeFault("unhealthy", "It answered in an unknown content encoding.");
  for await (const chunk of body) {
    chunks.push(chunk as Buffer);
    length += (chunk as Buffer).length;
    if (length >= maxBytes) break;
  }
  return Buffer.concat(chunks).subarray(0, maxBytes).toString("utf8");
}
