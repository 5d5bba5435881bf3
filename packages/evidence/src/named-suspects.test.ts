import { describe, expect, it } from "vitest";
import { isReported, rankNamedFiles } from "./named-suspects.ts";
import { arrangeFiles } from "./repository-files.ts";

const files = arrangeFiles([
  "src/api/users.ts",
  "src/api/orders.ts",
  "src/db.ts",
  "src/jobs/invoice-report.ts",
  "src/models/order_item.rb",
  "next.config.mjs",
  "src/api/users.test.ts",
]);
const frame = {
  ...{ path: "src/db.ts", absolutePath: null, module: null, function: "load" },
  ...{ line: 7, column: null, inApp: true, source: null },
};
const rank = (places: Partial<Parameters<typeof rankNamedFiles>[1]>) =>
  rankNamedFiles(files, { frames: [], names: [], ...places }, 5);

describe("files of a report without a stack", () => {
  it("begin with the one that the report names, with its line", () => {
    const [first, ...rest] = rank({ frames: [frame], names: ["GET /api/users"] });
    expect(first).toMatchObject({ file: "src/db.ts", line: 7, reasons: ["the report names it, line 7"] });
    expect(rest.map(({ file }) => file)).toEqual(["src/api/users.ts"]);
    expect([first, ...rest].map((one) => one !== undefined && isReported(one))).toEqual([true, false]);
  });

  it.each([
    ["a route", "GET /api/users", "src/api/users.ts"],
    ["an address", "GET https://users.example.com/api/orders?user=1", "src/api/orders.ts"],
    [
      "a table",
      'SELECT "api"."users"."id", "invoice", "report" FROM "users" WHERE id = %s',
      "src/api/users.ts",
    ],
    [
      "a joined table",
      "select * from lines l inner join order_items i on i.id = l.id",
      "src/models/order_item.rb",
    ],
    ["a job", "nightly-invoice-report", "src/jobs/invoice-report.ts"],
  ])("are found by %s", (_, name, file) => {
    expect(rank({ names: [name] })[0]?.file).toBe(file);
  });

  it("are found by each name alone, for together they ask for too much", () => {
    const names = ["GET /api/users", "SELECT a FROM invoices", "function that nobody knows"];
    expect(rank({ names }).map(({ file }) => file)).toContain("src/api/users.ts");
  });

  it("are those whose path says that they decide", () => {
    const place = { pattern: /next\.config/, reason: "it sets headers" };
    expect(rank({ place })).toMatchObject([{ file: "next.config.mjs", reasons: ["it sets headers"] }]);
  });

  it("are none where the report names nothing", () => {
    expect(rank({ names: ["", "GET /", "https://shop.example.com"] })).toEqual([]);
  });
});
