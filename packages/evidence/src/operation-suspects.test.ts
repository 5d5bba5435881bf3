import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rankFilesOfOperation } from "./operation-suspects.ts";

const files = [
  "README.md",
  "src/api/checkout.ts",
  "src/api/checkout.test.ts",
  "src/api/cart.ts",
  "src/db/coupons.ts",
  "src/mail/send.ts",
  "pnpm-lock.yaml",
];
const rank = (names: readonly string[], changed: readonly string[], most = 5) =>
  rankFilesOfOperation({ names, changed, files, most, period: "with the release" });

describe("files that may make an operation slow", () => {
  it("begin with what changed and is named", () => {
    expect(rank(["GET /api/checkout"], ["src/mail/send.ts", "src/api/checkout.ts"])).toMatchObject([
      { file: "src/api/checkout.ts", reasons: ["changed with the release", "its path names checkout"] },
      { file: "src/mail/send.ts", reasons: ["changed with the release"] },
    ]);
  });

  it("are those whose path names the operation where no change is known", () => {
    expect(rank(["GET /api/checkout"], []).map(({ file }) => file)).toEqual(["src/api/checkout.ts"]);
  });

  it("are found by the tables of a query", () => {
    const query = "SELECT id FROM coupons WHERE code = $1";
    expect(rank([query], ["src/db/coupons.ts", "src/mail/send.ts"])[0]?.file).toBe("src/db/coupons.ts");
  });

  it("are found by an order, which is no word of SQL in a route", () => {
    const shop = { changed: [], files: ["src/api/orders.ts", "src/api/cart.ts"], most: 5, period: "" };
    const find = (name: string) => rankFilesOfOperation({ ...shop, names: [name] }).map(({ file }) => file);
    expect(find("GET /api/orders")).toEqual(["src/api/orders.ts"]);
    expect(find("SELECT id FROM cart ORDER BY id")).toEqual(["src/api/cart.ts"]);
  });

  it("are no tests, documents or lock files, although they changed", () => {
    expect(rank(["GET /cart"], ["README.md", "src/api/checkout.test.ts", "pnpm-lock.yaml"])).toMatchObject([
      { file: "src/api/cart.ts" },
    ]);
  });

  it("are none where the operation names nothing and nothing changed", () => {
    expect(rank(["GET /"], [])).toEqual([]);
  });

  it("are files of the repository, whatever the operation is called", () => {
    fc.assert(
      fc.property(fc.string(), (name) => {
        for (const { file } of rank([name], [])) expect(files).toContain(file);
      }),
    );
  });
});
