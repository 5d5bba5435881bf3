import assert from "node:assert/strict";
import { test } from "node:test";
import { isInStock } from "../src/stock.js";

const items = [{ count: 1 }, { count: 3 }];

test("a cart is in stock if the warehouse has all of it", async () => {
  assert.equal(await isInStock({ items }, async () => 3), true);
  assert.equal(await isInStock({ items }, async () => 2), false);
});
