import { describe, expect, it } from "vitest";
import { familiesQuery, isInFamily } from "./operation-families.ts";

describe("a family of operations", () => {
  it.each([
    ["db", "db"],
    ["db.sql.active_record", "db"],
    ["db.redis", "db"],
    ["http.server", "http"],
    ["http.server", "http.server"],
    ["queue.task.celery", "queue"],
    ["function.aws.lambda", "function"],
    ["gen_ai.chat", "gen_ai"],
    ["grpc.server", "grpc*"],
    ["anything", "*"],
  ])("has %s in %s", (op, family) => {
    expect(isInFamily(op, family)).toBe(true);
  });

  it.each([
    ["dbx", "db"],
    ["http.client", "http.server"],
    ["ai.chat", "gen_ai"],
    ["function", "fun"],
    ["db", "db.sql"],
  ])("does not have %s in %s", (op, family) => {
    expect(isInFamily(op, family)).toBe(false);
  });

  it("is searched by its name and by what lies below it", () => {
    expect(familiesQuery(["db", "grpc*"])).toBe('span.op:"db" OR span.op:"db.*" OR span.op:"grpc*"');
  });

  it("is searched for without what would end the search's text", () => {
    expect(familiesQuery(['d"b) OR ('])).toBe('span.op:"db OR " OR span.op:"db OR .*"');
  });

  it("that is everything needs no search", () => {
    expect(familiesQuery(["db", "*"])).toBe("");
  });
});
