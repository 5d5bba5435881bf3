import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { exchange, type OutgoingRequest } from "./exchange.ts";
import type { IncomingReply, OutgoingMessage } from "./transport.ts";

const REQUEST: OutgoingRequest = {
  ...{ method: "GET", url: "https://acme.example/v1", headers: {}, body: undefined },
};
const LIMITS = { timeoutMs: 1_000, maxReplyBytes: 6 };

/** A reply whose body comes in these pieces. */
function reply(pieces: readonly string[], status = 200): IncomingReply {
  async function* body() {
    for (const piece of pieces) yield new TextEncoder().encode(piece);
  }
  return { status, statusText: "Fine", headers: new Headers({ etag: "1" }), body: body() };
}

const exchangeFor = (answer: IncomingReply) => exchange(async () => answer, REQUEST, LIMITS);

describe("a reply", () => {
  test("is put together from its pieces, and can be read in every form", async () => {
    const whole = await exchangeFor(reply(["ab", "c", "def"]));
    if ("broken" in whole) return expect.unreachable();
    expect(whole).toMatchObject({ url: REQUEST.url, status: 200, statusText: "Fine" });
    expect([await whole.text(), await whole.text()]).toEqual(["abcdef", "abcdef"]);
    expect(Buffer.from(await whole.arrayBuffer()).toString()).toBe("abcdef");
    expect(whole.headers.get("etag")).toBe("1");
  });

  test("may lack a body", async () => {
    const whole = await exchangeFor({ ...reply([]), body: null });
    expect(whole).toMatchObject({ bytes: new Uint8Array(0) });
  });

  test.each([
    [["abc", "def"], undefined],
    [["abc", "def", "g"], "too-large"],
  ])("of the pieces %j in six bytes is broken as %s", async (pieces, broken) => {
    const whole = await exchangeFor(reply(pieces));
    expect("broken" in whole ? whole.broken : undefined).toBe(broken);
  });

  test.each([
    [199, false],
    [200, true],
    [299, true],
    [300, false],
    [404, false],
  ])("with %i is ok: %s", async (status, ok) => {
    expect(await exchangeFor(reply([], status))).toMatchObject({ status, ok });
  });
});

describe("a request", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test.each([
    [undefined, { method: "GET", headers: {}, redirect: "manual" }],
    ["{}", { method: "GET", headers: {}, redirect: "manual", body: "{}" }],
  ])("with the body %j leaves redirects to the caller", async (body, message) => {
    const sent: Omit<OutgoingMessage, "signal">[] = [];
    const send = async (_: string, { signal: _signal, ...rest }: OutgoingMessage) => {
      sent.push(rest);
      return reply([]);
    };
    await exchange(send, { ...REQUEST, body }, LIMITS);
    expect(sent).toStrictEqual([message]);
  });

  test("that breaks says why, and leaves no timer behind", async () => {
    const cause = new Error("reset");
    expect(await exchange(() => Promise.reject(cause), REQUEST, LIMITS)).toEqual({
      broken: "network",
      cause,
    });
    expect(vi.getTimerCount()).toBe(0);
  });

  test("that nobody answers is given up, and its transport is asked to stop", async () => {
    let stopped: AbortSignal | undefined;
    const send = (_: string, { signal }: OutgoingMessage) => {
      stopped = signal;
      return new Promise<never>(() => undefined);
    };
    const ended = exchange(send, REQUEST, LIMITS);
    await vi.advanceTimersByTimeAsync(LIMITS.timeoutMs);
    expect(await ended).toMatchObject({ broken: "timeout" });
    expect(stopped?.aborted).toBe(true);
  });

  test("that its caller cancels ends with the caller's reason", async () => {
    const caller = new AbortController();
    const reason = new Error("the job is cancelled");
    const send = (_: string, { signal }: OutgoingMessage) =>
      new Promise<never>((_resolve, reject) => {
        signal.addEventListener("abort", () => reject(new Error("aborted")));
      });
    const ended = exchange(send, REQUEST, LIMITS, caller.signal);
    caller.abort(reason);
    await expect(ended).rejects.toBe(reason);
  });
});
