import { describe, expect, it, test } from "vitest";
import { makeSignature, splitPath, stableMessage } from "./signature.ts";
import { frameAt } from "./testing/frame-at.ts";
import type { Frame, Thrown } from "./thrown.ts";

const thrown = (frames: readonly Frame[], changes: Partial<Thrown> = {}): Thrown => ({
  type: "TypeError",
  value: "x is undefined",
  module: null,
  handled: null,
  frames,
  ...changes,
});
const textOf = (frames: readonly Frame[], changes: Partial<Thrown> = {}) =>
  makeSignature([thrown(frames, changes)])?.text;
const named = (name: string | null) =>
  textOf([frameAt({ path: "src/cart.ts", function: name, inApp: true })])?.replace("TypeError at ", "");

describe("the frames of a signature", () => {
  const own = frameAt({ path: "src/cart.ts", function: "total", inApp: true });
  const foreign = frameAt({ path: "lib/http.js", function: "send", inApp: false });

  it("are the application's, or all where none is", () => {
    expect(textOf([foreign, own, foreign])).toBe("TypeError at src/cart.ts:total");
    expect(textOf([foreign])).toBe("TypeError at lib/http.js:send");
  });

  it("are the last four", () => {
    const frames = ["one", "two", "three", "four", "five"].map((name) => ({ ...own, function: name }));
    expect(textOf(frames)).toBe(
      "TypeError at src/cart.ts:five < src/cart.ts:four < src/cart.ts:three < src/cart.ts:two",
    );
  });

  it("name the last three folders, of the best path that is known", () => {
    expect(textOf([{ ...own, path: "/srv/a/b/c/cart.ts" }])).toBe("TypeError at b/c/cart.ts:total");
    expect(textOf([{ ...own, path: null, absolutePath: "/srv/cart.ts" }])).toBe(
      "TypeError at srv/cart.ts:total",
    );
    expect(textOf([{ ...own, path: null, module: "Shop.Cart" }])).toBe("TypeError at Shop.Cart:total");
    expect(textOf([{ ...own, path: null }])).toBe("TypeError at ?:total");
    expect(textOf([{ ...own, path: "", function: null }])).toBe("TypeError at ?");
  });

  test.each([
    null,
    "",
    "?",
    "<anonymous>",
    "<lambda>",
    "‹unknown›",
    "anonymous",
    "(anonymous)",
    "t",
    "Qe",
    "e",
  ])("are without a name such as %j", (name) => expect(named(name)).toBe("src/cart.ts"));

  test.each(
    Object.entries({
      total: "total",
      add: "add",
      "async total": "total",
      "new Cart": "Cart",
      "renew Cart": "renew Cart",
      a1: "a1",
    }),
  )("name the function %s as %s", (name, shown) => {
    expect(named(name)).toBe(`src/cart.ts:${shown}`);
  });

  it("make no signature where there is neither type nor message", () => {
    expect(textOf([], { type: null, value: " " })).toBeUndefined();
    expect(textOf([], { type: null, value: "full" })).toBe('Error "full"');
    expect(textOf([], { value: null })).toBe("TypeError");
    expect(textOf([own], { type: null, value: null })).toBe("Error at src/cart.ts:total");
  });

  it("are cut at 400 characters", () => {
    expect(textOf([{ ...own, function: "f".repeat(500) }])?.length).toBe(400);
  });
});

test.each(
  Object.entries({
    "main.5f3a9c1b.js": "main.*.js",
    "main-BxY3kZ9q.js": "main-*.js",
    "main-BxY3kZ9q.mjs": "main-*.mjs",
    "main-BxY3kZ9q.cjs": "main-*.cjs",
    "main_1-BxY3kZ9q.css": "main_1-*.css",
    "main-BxY3k.js": "main-BxY3k.js",
    "main-checkout.js": "main-checkout.js",
    "main-BxY3kZ9q.json": "main-BxY3kZ9q.json",
    "main-BxY3kZ9q.css.txt": "main-BxY3kZ9q.css.txt",
    "main-BxY3kZ9q.ts": "main-BxY3kZ9q.ts",
    "0a1b2c3": "*",
    "v-0a1b2c3d.ts": "v-*.ts",
    "0a1b2c": "0a1b2c",
    x0a1b2c3: "x0a1b2c3",
    "0a1b2c3x": "0a1b2c3x",
  }),
)("the file %s of a build is %s in a signature", (file, shown) => {
  expect(splitPath(file)).toEqual([shown]);
});

test.each([
  ["order 12 of 3.14 or 1,234,567.89", "order * of * or *"],
  ["id 550e8400-e29b-41d4-a716-446655440000 gone", "id * gone"],
  ["id FEEDFACE-cafe-beef-dead-ABCDEFABCDEF gone", "id * gone"],
  ["at 0x7ffe and 0xCAFE", "at * and *"],
  ["commit abcdefabcdef lost", "commit * lost"],
  ["commit abcdefabcde lost", "commit abcdefabcde lost"],
  ["tag xabcdefabcdef and abcdefabcdefx", "tag xabcdefabcdef and abcdefabcdefx"],
  [`no "key", 'name' or \`tick\``, "no *, * or *"],
  [`empty "" is kept`, `empty "" is kept`],
  [`\`${"x".repeat(200)}\` and "${"x".repeat(200)}"`, "* and *"],
  ["  many   blanks\there ", "many blanks here"],
  ["first\nsecond", "first"],
  [`${"y ".repeat(100)}`, "y ".repeat(80)],
  [`${" ".repeat(2000)}late`, ""],
])("the message %j is stable as %j", (message, stable) => {
  expect(stableMessage(message)).toBe(stable);
});
