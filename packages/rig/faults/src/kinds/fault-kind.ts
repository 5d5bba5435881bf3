import type { AskedRequest } from "../wire/asked.ts";
import type { VirtualTime } from "../wire/virtual-time.ts";

/** A request that meets a fault. */
export type Exchange = {
  readonly asked: AskedRequest;
  readonly signal: AbortSignal;
  readonly time: VirtualTime;
  /** Lets the service do it, and gives its reply. */
  readonly pass: () => Promise<Response>;
  /** The same, with what it reads taken from the world as it was some writes ago. */
  readonly passStale: () => Promise<Response>;
};

/** One way in which a call goes wrong. */
export type FaultKind = {
  readonly kind: string;
  /** What it is on the wire. */
  readonly wire: string;
  /** Whether the service did what it was asked for before it went wrong. */
  readonly effect: "none" | "done";
  /** Whether the caller cannot know if it was done. */
  readonly isAmbiguous: boolean;
  /** Whether nobody can tell it from a true answer, and nothing can be said of it. */
  readonly isBelievable?: boolean;
  /** Whether it says that a permission is missing, which only you can give: an incident may end by asking for it. */
  readonly isYours?: true;
  /** A word that it puts into the reply: a run that shows the word hides nothing. */
  readonly mark?: string;
  /** The requests that it can happen to; absent: to all. */
  readonly fits?: (asked: AskedRequest) => boolean;
  readonly happen: (exchange: Exchange) => Promise<Response>;
};

const JSON_TYPE = { "content-type": "application/json; charset=utf-8" };

export const answerJson = (
  value: unknown,
  status = 200,
  headers: Readonly<Record<string, string>> = {},
): Response => new Response(JSON.stringify(value), { status, headers: { ...JSON_TYPE, ...headers } });

export const answerText = (text: string, status: number, type: string): Response =>
  new Response(text, { status, headers: { "content-type": type } });

/** An error as Node's client throws it. */
export const breakWith = (code: string, message: string): Error =>
  Object.assign(new Error(message), { code });
