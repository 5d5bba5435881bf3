import assert from "node:assert/strict";
import test from "node:test";
import { couponOf } from "../src/checkout.js";

test("reads a coupon", () => {
  assert.equal(couponOf("ten%20off"), "TEN OFF");
});

test("keeps a plain coupon", () => {
  assert.equal(couponOf("abc"), "ABC");
});
