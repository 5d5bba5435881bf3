import { describe, expect, it } from "vitest";
import { familiesQuery } from "./operation-families.ts";

describe("the search for families of operations", () => {
  it("has a clause for the name and one for what lies below it", () => {
    expect(familiesQuery(["db", "grpc*"])).toBe('span.op:"db" OR span.op:"db.*" OR span.op:"grpc*"');
  });

  it("leaves out what would end a text in it", () => {
    expect(familiesQuery(['d"b) OR ('])).toBe('span.op:"db OR " OR span.op:"db OR .*"');
  });

  it("is empty for everything", () => {
    expect(familiesQuery(["db", "*"])).toBe("");
  });
});
