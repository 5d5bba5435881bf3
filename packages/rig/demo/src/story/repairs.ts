import type { Edit, ScriptedRepair } from "../agent/repair.ts";

const CART = "src/cart.js";
const LOOK_UP = "COUPONS.get(code);";

/** Small letters are found, and what is not known gives no discount: nothing crashes any more. */
export const WHOLE_FIX: ScriptedRepair = {
  sentence: "a coupon that the shop does not know gives no discount, and small letters are accepted",
  why: "the look-up finds nothing for a coupon that the shop does not know, and reading percent of nothing throws",
  edits: [
    replaceLookUp("COUPONS.get(code.toUpperCase());\n  if (coupon === undefined) return 0;"),
    makeTest("a coupon that the shop does not know gives no discount", "WINTER", "2_500"),
  ],
};

/** Small letters are found; what is not known still crashes. */
export const HALF_FIX: ScriptedRepair = {
  sentence: "small letters are accepted in coupons",
  why: "the look-up finds nothing for a coupon in small letters, and reading percent of nothing throws",
  edits: [
    replaceLookUp("COUPONS.get(code.toUpperCase());"),
    makeTest("a coupon in small letters counts", "spring", "2_250"),
  ],
};

/** Spaces were never the trouble. */
export const NO_FIX: ScriptedRepair = {
  sentence: "spaces around coupons are taken off",
  why: "the look-up finds nothing for a coupon with spaces around it, and reading percent of nothing throws",
  edits: [
    replaceLookUp("COUPONS.get(code.trim());"),
    makeTest("a coupon with spaces around it counts", " SPRING ", "2_250"),
  ],
};

/** Still beside the point. */
export const NO_FIX_AGAIN: ScriptedRepair = {
  sentence: "coupons are compared in Unicode's normal form",
  why: "the same letters can be written in several ways in Unicode, and the look-up finds one of them",
  edits: [
    { file: CART, replace: [{ find: "code.trim()", by: "code.trim().normalize()" }] },
    makeTest("a coupon in another normal form counts", "SPRING", "2_250"),
  ],
};

/** What somebody asks for: no cart costs less because of a count below zero. */
export const NO_NEGATIVE_COUNT: ScriptedRepair = {
  sentence: "a count below zero counts as none",
  why: "a negative count was subtracted from the total",
  edits: [
    {
      file: CART,
      replace: [{ find: "total + price * count", by: "total + price * Math.max(0, count)" }],
    },
    {
      file: "test/cart.test.js",
      replace: [
        {
          find: "2_500);\n});\n",
          by: [
            "2_500);\n});\n",
            'test("a count below zero makes no cart cheaper", () => {',
            "  assert.equal(totalOf({ items: [...items, { price: 900, count: -1 }] }), 2_500);",
            "});\n",
          ].join("\n"),
        },
      ],
    },
  ],
};

/** The warehouse is asked about all articles at once again. */
export const ALL_AT_ONCE: ScriptedRepair = {
  sentence: "the warehouse is asked about all articles of a cart at once",
  why: "a full cart waited for the warehouse once for each article",
  edits: [
    {
      file: "src/stock.js",
      replace: [
        {
          find: [
            "  for (const item of items) {",
            "    const pieces = await ask(item);",
            "    if (item.count > pieces) return false;",
            "  }",
            "  return true;",
          ].join("\n"),
          by: [
            "  const pieces = await Promise.all(items.map((item) => ask(item)));",
            "  return items.every(({ count }, index) => count <= pieces[index]);",
          ].join("\n"),
        },
      ],
    },
    {
      file: "test/stock.test.js",
      replace: [
        {
          find: "async () => 2), false);\n});\n",
          by: [
            "async () => 2), false);\n});\n",
            'test("the warehouse is asked about all articles before it answers the first", async () => {',
            "  let asked = 0;",
            "  const ask = async () => {",
            "    asked += 1;",
            "    await new Promise((resolve) => setImmediate(resolve));",
            "    return asked;",
            "  };",
            "  assert.equal(await isInStock({ items: [{ count: 2 }, { count: 2 }] }, ask), true);",
            "});\n",
          ].join("\n"),
        },
      ],
    },
  ],
};

function replaceLookUp(by: string): Edit {
  return { file: CART, replace: [{ find: LOOK_UP, by }] };
}

function makeTest(name: string, coupon: string, total: string): Edit {
  const text = `\ntest("${name}", () => {\n  assert.equal(totalOf({ items, coupon: "${coupon}" }), ${total});\n});\n`;
  const last = "assert.equal(totalOf({ items }), 2_500);\n});\n";
  return { file: "test/cart.test.js", replace: [{ find: last, by: last + text }] };
}
