import { expect, test } from "vitest";
import { renderWritten } from "./render-time.ts";

const WRITTEN = "2026-03-02T19:12:00Z";

test.each([
  [null, "2 March, 19:12 UTC"],
  ["2026-03-02T20:17:00Z", "2 March, 19:12 · edited 20:17 UTC"],
  ["2026-03-03T08:03:00Z", "2 March, 19:12 · edited 3 March, 08:03 UTC"],
])("what was edited at %s says so in few words", (editedAt, shown) => {
  expect(renderWritten(WRITTEN, editedAt).replace(/<[^>]+>/g, "")).toBe(shown);
});
