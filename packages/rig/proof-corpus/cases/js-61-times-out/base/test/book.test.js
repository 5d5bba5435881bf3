import assert from "node:assert/strict";
import { test } from "node:test";
import { book } from "../src/book.js";
import { readDay } from "../src/day.js";

const now = new Date("2024-05-01T00:00:00Z");

test("books a day", () => {
  assert.deepEqual(book("2024-05-07", now, { accepts: () => true }), { booked: true, day: "2024-05-07" });
});

test("reads a leap day", () => {
  assert.equal(readDay("2024-02-29", now).toISOString(), "2024-02-29T00:00:00.000Z");
});
