import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { openTerminal, wrap } from "./terminal.ts";

test("lines break at spaces", () => {
  expect(wrap("one two three", 8)).toEqual(["one two", "three"]);
});

test("a word that is too long stands alone", () => {
  expect(wrap("a https://example.com b", 5)).toEqual(["a", "https://example.com", "b"]);
});

test("an entry tells when, who and what, and nothing in it steers the terminal", async () => {
  const stream = new PassThrough() as unknown as NodeJS.WriteStream;
  openTerminal(stream).entry({ at: "2026-03-02T18:02:00Z", actor: "Sentry", event: "a\u001b[31m b" });
  stream.end();
  expect(await text(stream)).toBe("Mon 18:02   Sentry           a [31m b\n");
});
