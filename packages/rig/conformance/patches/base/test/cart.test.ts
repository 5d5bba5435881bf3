import { describe, expect, it } from "vitest";
import { readSaved, total } from "../src/cart.ts";

describe("total", () => {
  it("adds up prices", () => {
    expect(total([{ sku: "tea-1", count: 2, discount: { rate: 0 } }])).toBe(700);
  });

  it("takes the discount off", () => {
    const sum = total([{ sku: "cup-2", count: 1, discount: { rate: 0.5 } }]);
    expect(sum).toBe(450);
    expect(Number.isInteger(sum)).toBe(true);
  });
});

describe("readSaved", () => {
  it("reads an empty cart", { timeout: 1000 }, () => {
    expect(readSaved({ getItem: () => null } as never)).toEqual([]);
  });
});
