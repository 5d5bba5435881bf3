import assert from "node:assert/strict";
import { test } from "node:test";
import { totalOf } from "../src/cart.js";

const items = [{ price: 1_250, count: 2 }];

test("a cart costs the sum of its items", () => {
  assert.equal(totalOf({ items }), 2_500);
});
