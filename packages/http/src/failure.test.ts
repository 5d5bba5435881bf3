import { expect, test } from "vitest";
import {
  HttpFailure,
  type HttpFailureFacts,
  type HttpFailureKind,
  kindOfStatus,
  takesTooLong,
} from "./failure.ts";

const FACTS: HttpFailureFacts = {
  kind: "server",
  provider: "Acme",
  asked: "GET /v1",
  happened: "answered 500",
};

const KINDS: readonly HttpFailureKind[] = [
  ...(["timeout", "network", "ambiguous", "rate-limited", "unauthorized", "forbidden"] as const),
  ...(["not-found", "rejected", "server", "unreadable", "too-large", "budget"] as const),
];

test.each(KINDS)("a failure of the kind %s says what helps, as a sentence", (kind) => {
  const { message, remedy } = new HttpFailure({ ...FACTS, kind });
  expect(message).toBe(`Acme answered 500 (GET /v1). ${remedy}`);
  expect(remedy).toMatch(/^[A-Z].{20,}\.$/);
});

test("what helps at this endpoint replaces what helps in general", () => {
  expect(new HttpFailure({ ...FACTS, remedy: "Call Acme." }).remedy).toBe("Call Acme.");
});

test("a failure says what the provider said, and when asking again makes sense", () => {
  const retryAt = new Date("2026-11-30T12:00:00Z");
  const { message, happened } = new HttpFailure({ ...FACTS, detail: "busy", retryAt, remedy: "Wait." });
  expect(message).toBe(
    'Acme answered 500: "busy" (GET /v1). Asking again makes sense from 2026-11-30T12:00:00.000Z. Wait.',
  );
  expect(happened).toBe("Acme answered 500 (GET /v1).");
});

test("a failure has its name, and its cause if there is one", () => {
  const cause = new Error("reset");
  expect(new HttpFailure({ ...FACTS, cause })).toMatchObject({ name: "HttpFailure", cause });
  expect("cause" in new HttpFailure(FACTS)).toBe(false);
});

test.each([
  ["too-large", undefined, true],
  ["timeout", undefined, true],
  ["server", 502, true],
  ["server", 504, true],
  ["server", 503, false],
  ["forbidden", 502, false],
  ["network", undefined, false],
] as const)("asking for less helps after %s with the status %s: %s", (kind, status, helps) => {
  expect(takesTooLong({ kind, status })).toBe(helps);
});

test.each([
  [399, undefined],
  [400, "rejected"],
  [401, "unauthorized"],
  [403, "forbidden"],
  [404, "not-found"],
  [410, "not-found"],
  [422, "rejected"],
  [429, "rate-limited"],
  [499, "rejected"],
  [500, "server"],
] as const)("the status %i means %s", (status, kind) => {
  expect(kindOfStatus(status)).toBe(kind);
});
