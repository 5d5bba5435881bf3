import { describe, expect, it } from "vitest";
import { readRateLimit } from "./rate-limit.ts";

const now = Date.UTC(2026, 10, 21, 7);
const inSeconds = (seconds: number) => new Date(now + seconds * 1_000);
const read = (status: number, headers: Record<string, string>, text = "") =>
  readRateLimit({ status, headers: new Headers(headers), text }, now);

describe("readRateLimit", () => {
  it("sees none in a 403 that lacks a permission", () => {
    const headers = { "x-ratelimit-remaining": "4000", "x-ratelimit-reset": String(now / 1_000 + 3_000) };
    expect(read(403, headers, '{"message":"Resource not accessible by integration"}')).toBeUndefined();
  });

  it("takes Retry-After before everything else", () => {
    const headers = { "retry-after": "30", "x-ratelimit-remaining": "0", "x-ratelimit-reset": "9999999999" };
    expect(read(403, headers)?.retryAt).toEqual(inSeconds(30));
  });

  it("reads Retry-After as a date", () => {
    expect(read(429, { "retry-after": inSeconds(45).toUTCString() })?.retryAt).toEqual(inSeconds(45));
  });

  it("reads a wait in words if no header says it", () => {
    const text = '{"detail":"Request was throttled. Expected available in 2 seconds."}';
    expect(read(429, {}, text)?.retryAt).toEqual(inSeconds(2));
    expect(read(429, { "retry-after": "5" }, text)?.retryAt).toEqual(inSeconds(5));
    expect(read(403, {}, text)).toBeUndefined();
  });

  it("takes the reset where nothing remains", () => {
    const headers = { "x-ratelimit-remaining": "0", "x-ratelimit-reset": String(now / 1_000 + 900) };
    expect(read(403, headers)).toEqual({ scope: "primary", retryAt: inSeconds(900) });
  });

  it("does not take the hourly reset for a secondary limit", () => {
    const headers = { "x-ratelimit-remaining": "12", "x-ratelimit-reset": String(now / 1_000 + 900) };
    const limit = read(403, headers, "You have exceeded a secondary rate limit");
    expect(limit).toEqual({ scope: "secondary", retryAt: inSeconds(60) });
  });

  it.each([
    ["header", { "x-sentry-rate-limit-concurrentremaining": "0" }, ""],
    [
      "sentence",
      {},
      '{"detail":"You are attempting to go above the allowed concurrency for this endpoint."}',
    ],
  ])("knows a limit of concurrency by its %s, which is over in a second", (_, headers, text) => {
    const more = {
      "x-sentry-rate-limit-remaining": "39",
      "x-sentry-rate-limit-reset": String(now / 1_000 + 50),
    };
    expect(read(429, { ...more, ...headers }, text)).toEqual({ scope: "concurrent", retryAt: inSeconds(1) });
  });

  it("waits as long as a limit of concurrency says, if it says so", () => {
    const headers = { "retry-after": "3", "x-sentry-rate-limit-concurrentremaining": "0" };
    expect(read(429, headers)).toEqual({ scope: "concurrent", retryAt: inSeconds(3) });
  });

  it("takes the window before concurrency where both are spent", () => {
    const headers = {
      "x-sentry-rate-limit-remaining": "0",
      "x-sentry-rate-limit-reset": String(now / 1_000 + 9),
      "x-sentry-rate-limit-concurrentremaining": "0",
    };
    expect(read(429, headers)).toEqual({ scope: "primary", retryAt: inSeconds(9) });
  });

  it("takes Sentry's reset where a proxy dropped what remains", () => {
    const headers = { "x-sentry-rate-limit-reset": String(now / 1_000 + 9) };
    expect(read(429, headers)?.retryAt).toEqual(inSeconds(9));
  });

  it("waits at least a second for a reset that is over", () => {
    const headers = {
      "x-sentry-rate-limit-remaining": "0",
      "x-sentry-rate-limit-reset": String(now / 1_000),
    };
    expect(read(429, headers)?.retryAt).toEqual(inSeconds(1));
  });

  it.each([
    ["2 seconds", 2],
    ["1 second", 1],
    ["45 seconds", 45],
  ])("reads a wait of %s in words", (words, seconds) => {
    expect(read(429, {}, `Expected available in ${words}.`)?.retryAt).toEqual(inSeconds(seconds));
  });

  it.each([
    ["7", 7],
    ["2.25", 2.25],
    ["5x", 60],
    ["in 30", 60],
    ["-5", 60],
    ["soon", 60],
  ])("takes a Retry-After of %j for a wait of %d seconds", (value, seconds) => {
    expect(read(429, { "retry-after": value })?.retryAt).toEqual(inSeconds(seconds));
  });

  it.each([["0"], ["soon"], ["Infinity"], [undefined]])("waits a minute for a reset at %j", (reset) => {
    const headers = { "x-ratelimit-remaining": "0", ...(reset && { "x-ratelimit-reset": reset }) };
    expect(read(403, headers)).toEqual({ scope: "primary", retryAt: inSeconds(60) });
  });

  it("passes over a header that is empty", () => {
    const headers = { "x-ratelimit-remaining": "", "x-sentry-rate-limit-remaining": "0" };
    expect(read(429, headers)?.scope).toBe("primary");
  });

  it.each([200, 401, 503])("sees none in a reply with %i", (status) => {
    expect(read(status, { "retry-after": "30" }, "rate limit")).toBeUndefined();
  });

  it("sees no limit of concurrency in a 403", () => {
    const headers = { "retry-after": "5", "x-sentry-rate-limit-concurrentremaining": "0" };
    expect(read(403, headers)?.scope).toBe("secondary");
  });
});
