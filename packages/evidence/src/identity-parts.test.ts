import { describe, expect, it, test } from "vitest";
import { identifyError } from "./identity.ts";
import { group, linked, ownFrame, thrownAt } from "./testing/thrown.ts";
import type { Thrown } from "./thrown.ts";

const identify = (chain: readonly Thrown[], project: string | null = "SHOP") => identifyError(chain, project);
const print = (...chain: readonly Thrown[]) => identify(chain)?.fingerprint;
const pay = (changes: Partial<Thrown> = {}) => thrownAt("TypeError", ["src/pay.ts:pay"], changes);
const at = (absolutePath: string | null, path = "src/pay.ts") =>
  print({ ...pay(), frames: [ownFrame("src/pay.ts:pay", { path, absolutePath })] });

describe("the identity of an error", () => {
  it("is of 32 digits and of the project in any case", () => {
    const one = identify([pay()], "Shop");
    expect(one).toEqual(identify([pay()], "SHOP"));
    expect(one?.fingerprint).toMatch(/^[0-9a-f]{32}$/);
    expect(one?.project).toBe("SHOP");
    expect(identify([pay()], null)).toMatchObject({ fingerprint: null, project: null });
  });

  it("is plain where one exception with a name is all", () => {
    expect(identify([pay()])?.isPlain).toBe(true);
    expect(identify([thrownAt("SqlError", ["src/db.ts:query"]), pay()])?.isPlain).toBe(false);
    expect(identify([thrownAt("TypeError", ["src/pay.ts:t"])])?.isPlain).toBe(false);
  });

  it("is found where the outermost exception has no frames", () => {
    const wrapper = thrownAt("JobError", []);
    expect(identify([pay(), wrapper])?.likeness).toBe(identify([pay()])?.likeness);
  });

  it("needs a place of the application's", () => {
    const module = ownFrame("x:pay", { path: null, absolutePath: null, module: "Shop" });
    expect(identify([{ ...pay(), frames: [module] }])).toBeNull();
  });

  it("does not depend on callers beyond the last four, nor on frames of libraries", () => {
    const names = ["a.ts:one", "b.ts:two", "c.ts:three", "d.ts:four"];
    const error = (...more: string[]) => thrownAt("TypeError", [...more, ...names]);
    expect(print(error("x.ts:early"))).toBe(print(error("y.ts:other")));
    const library = ownFrame("lib/http.js:send", { inApp: false });
    const inLibrary = { ...pay(), frames: [...pay().frames, library] };
    expect(print(inLibrary)).toBe(print(pay()));
  });

  it("is of the library's last four frames for a cause without own ones", () => {
    const cause = (...names: string[]): Thrown =>
      thrownAt("SqlError", [], {
        frames: names.map((name) => ownFrame(`lib/db.js:${name}`, { inApp: false })),
      });
    const last = ["connect", "prepare", "query", "read"];
    expect(print(cause("a1", ...last), pay())).toBe(print(cause("b2", ...last), pay()));
    expect(print(cause("connect"), pay())).not.toBe(print(cause("query"), pay()));
  });

  it("is of the message of a cause without frames, and of no group's", () => {
    const cause = (value: string | null) => thrownAt("SqlError", [], { value });
    expect(print(cause("table locked"), pay())).not.toBe(print(cause("disk full"), pay()));
    expect(print(cause("row 12"), pay())).toBe(print(cause("row 13"), pay()));
    const root = (value: string) => thrownAt("ExceptionGroup", [], { ...group(0), value });
    const member = pay(linked(1, 0));
    expect(print(member, root("failed twice"))).toBe(print(member, root("failed often")));
  });

  it("is unknown where an exception has nameless functions alone, unless it is a group", () => {
    const nameless = thrownAt("SqlError", ["src/db.ts:t"]);
    expect(print(nameless, pay())).toBeNull();
    expect(print(thrownAt("SqlError", ["src/db.ts:t", "src/db.ts:query"]), pay())).not.toBeNull();
    expect(print(pay(linked(1, 0)), thrownAt("ExceptionGroup", ["src/all.ts:t"], group(0)))).not.toBeNull();
  });

  it("does not depend on the name that a minifier gave", () => {
    const error = (name: string) => thrownAt("TypeError", [`src/a.ts:${name}`, "src/pay.ts:pay"]);
    expect(print(error("t"))).toBe(print(error("e")));
    expect(print(error("total"))).not.toBe(print(error("sum")));
  });

  it("is of the module of a bare file alone", () => {
    const bare = (module: string, path = "Pay.java", absolutePath: string | null = null) =>
      print({ ...pay(), frames: [ownFrame("Pay.java:pay", { path, absolutePath, module })] });
    expect(bare("com.a.Pay")).not.toBe(bare("com.b.Pay"));
    expect(bare("com.a.Pay", "a/Pay.java")).toBe(bare("com.b.Pay", "a/Pay.java"));
    expect(bare("com.a.Pay", "Pay.java", "/srv/a/Pay.java")).toBe(
      bare("com.b.Pay", "Pay.java", "/srv/a/Pay.java"),
    );
  });
});

describe("folders of one place", () => {
  test.each(
    Object.entries({
      "/home/ann/shop/pay.ts": "/home/bob/shop/pay.ts",
      "/Users/ann/shop/pay.ts": "/Users/bob/shop/pay.ts",
      "/srv/shop-1.2.3/pay.ts": "/srv/shop-10.20.30/pay.ts",
      "/srv/shop_1_2/pay.ts": "/srv/shop_11_22/pay.ts",
      "/srv/20261128/pay.ts": "/srv/20261129101010/pay.ts",
      "/apps/550E8400-E29B-41D4-A716-A4B6C5D4ABCD/pay.ts":
        "/apps/ABCDEFAB-CDEF-ABCD-EFAB-CDEFABCDEFAB/pay.ts",
    }),
  )("are %s and %s", (one, other) => {
    expect(at(one)).toBe(at(other));
  });

  test.each(
    Object.entries({
      "/homes/ann/shop/pay.ts": "/homes/bob/shop/pay.ts",
      "/myhome/ann/shop/pay.ts": "/myhome/bob/shop/pay.ts",
      "/srv/shop-1/pay.ts": "/srv/shop-2/pay.ts",
      "/srv/checkout/pay.ts": "/srv/delivery/pay.ts",
      "/srv/ab/c/pay.ts": "/srv/a/bc/pay.ts",
      "/srv/pay-1.2.3.ts": "/srv/pay-1.2.4.ts",
      "/srv/shop-1.2.3/pay.ts": "/srv/shop-/pay.ts",
    }),
  )("are not %s and %s", (one, other) => {
    expect(at(one)).not.toBe(at(other));
  });
});
