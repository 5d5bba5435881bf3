import { expect, test } from "vitest";
import { type AskInit, type HttpSettings, makeCall, nameRequest } from "./call.ts";
import { RunState } from "./run-state.ts";

const never = () => Promise.reject(new Error("Nothing is asked, and nothing sleeps."));
const SETTINGS: HttpSettings = {
  ...{ name: "Acme", timeoutMs: 1_000, retries: 0, maxReplyBytes: 1_000, fetch: never },
  ...{ time: { now: () => 0, sleep: never }, scan: () => undefined },
  isRead: ({ method }) => method === "GET",
};
const call = (url: string, init: AskInit = {}) =>
  makeCall(SETTINGS, new RunState("Acme", {}, SETTINGS.time), url, init);

test.each(["https://user@acme.example/", "https://:secret@acme.example/", "https://a:b@acme.example/"])(
  "%s holds what must not be in a URL",
  (url) => expect(() => call(url)).toThrow("The URL contains a user name or password."),
);

test("a request says who asks, unless its caller does", () => {
  expect(call("https://acme.example/").request.headers).toEqual({ "user-agent": "patchpilot" });
  expect(
    call("https://acme.example/", { headers: { "User-Agent": "me", "X-Key": "1" } }).request.headers,
  ).toEqual({ "user-agent": "me", "x-key": "1" });
});

test("a method is upper case, and is then known as a read", () => {
  expect(call("https://acme.example/", { method: "get" })).toMatchObject({
    read: true,
    asked: "GET /",
    request: { method: "GET" },
  });
});

test("a call ends with its caller's signal", () => {
  const { signal } = new AbortController();
  expect(call("https://acme.example/", { signal }).signal).toBe(signal);
});

test.each([
  [160, `/${"a".repeat(159)}`],
  [161, `/${"a".repeat(159)}…`],
])("a path is cut after 160 characters: one of %i", (length, named) => {
  const path = `/${"a".repeat(length - 1)}`;
  expect(nameRequest("get", `https://acme.example${path}?token=s3cret`)).toBe(`GET ${named}`);
});
