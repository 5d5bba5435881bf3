import { describe, expect, test } from "vitest";
import { failure } from "../testing/fake-place.ts";
import { findFunction } from "./find-function.ts";
import { bareType, type FailedOn, isSameFile, matchesProduction } from "./match-production.ts";

const SOURCE = "def total(items):\n    return sum(items)\n\n\ndef pay(cart):\n    return total(cart)\n";
const on: FailedOn = {
  find: (file) => file,
  read: (path) => ({ "shop/cart.py": SOURCE, "tests/test_cart.py": "def test_pay(): ...\n" })[path],
  sources: ["shop/cart.py"],
  isTest: (path) => path.startsWith("tests/"),
};
const crash = { file: "/srv/shop/cart.py", function: "total", line: 2 };
const inTotal = { file: "shop/cart.py", function: "total", line: 2 };
const inTest = { file: "tests/test_cart.py", function: "test_pay", line: 1 };
const red = (types: readonly string[], more = {}) =>
  failure("exception", { types, frames: [inTotal, inTest], ...more });
const matches = (
  failed: ReturnType<typeof red>,
  type: string,
  value = "",
  frames: (typeof crash)[] = [crash],
) => matchesProduction(failed, [{ type, value, frames }], on);

test.each([
  ["builtins.KeyError", "KeyError"],
  ["java.lang.NullPointerException", "NullPointerException"],
  ["App\\Error\\CartError", "CartError"],
  ["*errors.errorString", "errorString"],
  ["Shop::CartError", "CartError"],
  ["Outer$Inner", "Inner"],
])("the type %s is %s", (type, bare) => {
  expect(bareType(type)).toBe(bare);
});

describe("production's exception is", () => {
  test("one of the same type in the same function, also as a cause", () => {
    expect(matches(red(["KeyError"]), "KeyError")).toBe(true);
    expect(matches(red(["CartError", "KeyError"]), "KeyError")).toBe(true);
  });

  test("none of another type, and none in another function or file", () => {
    expect(matches(red(["ValueError"]), "KeyError")).toBe(false);
    expect(matches(red(["KeyError"]), "KeyError", "", [{ ...crash, function: "other" }])).toBe(false);
    expect(matches(red(["KeyError"]), "KeyError", "", [{ ...crash, file: "/srv/shop/mail.py" }])).toBe(false);
    expect(matches(red(["KeyError"]), "KeyError", "", [])).toBe(false);
  });

  test("with a type that says little, one whose message agrees but for numbers and names", () => {
    const said = (message: string) => red(["Error"], { message });
    expect(matches(said("no price for 'pear' at 12"), "Error", "no price for 'plum' at 7")).toBe(true);
    expect(matches(said("something else"), "Error", "no price for 'plum' at 7")).toBe(false);
    expect(matches(said(""), "Error", "")).toBe(false);
  });

  test("known by the lines above, where no function is named", () => {
    const nameless = red(["KeyError"], { frames: [{ file: "shop/cart.py", line: 2 }, inTest] });
    expect(matches(nameless, "KeyError")).toBe(true);
    const elsewhere = red(["KeyError"], { frames: [{ file: "shop/cart.py", line: 6 }, inTest] });
    expect(matches(elsewhere, "KeyError")).toBe(false);
  });

  test.each([
    ["shop::Pager::next", "shop::Pager::next", true],
    ["shop::Pager::next", "next", true],
    ["charge._callee$", "charge", true],
    ["charge.<locals>.wrapper", "charge.<locals>.wrapper", true],
    ["shop::Pager::next", "shop::Pager::apply", false],
    ["shop::Pager::next", "shop::Pager::total", false],
  ])("of a function whose name compilers give, too: %s and %s", (called, reported, same) => {
    const named = red(["KeyError"], { frames: [{ ...inTotal, function: called }, inTest] });
    expect(matches(named, "KeyError", "", [{ ...crash, function: reported }])).toBe(same);
  });

  test.each([
    ["keys", "entryPoints", true],
    ["keys", "keys", false],
    ["Object.entryPoints", "entryPoints", true],
  ])(
    "of a function that a source map calls %s by what its line calls, known as %s",
    (called, reported, same) => {
      const source = "function entryPoints(manifest) {\n  return Object.keys(manifest.exports);\n}\n";
      const mapped = { ...on, read: (path: string) => (path === "src/entry.js" ? source : undefined) };
      const failed = red(["TypeError"], { frames: [{ file: "src/entry.js", function: called, line: 2 }] });
      const frames = [{ file: "/app/src/entry.js", function: reported, line: 2 }];
      expect(matchesProduction(failed, [{ type: "TypeError", value: "", frames }], mapped)).toBe(same);
    },
  );

  test("none that the test throws itself, unless production's came from outside", () => {
    const thrown = red(["KeyError"], { frames: [inTest, inTotal] });
    expect(matches(thrown, "KeyError")).toBe(false);
    const outside = { file: "/usr/lib/python3/socket.py", function: "recv", line: 9 };
    expect(matches(thrown, "KeyError", "", [outside, crash])).toBe(true);
  });
});

test("files are the same if one path ends as the other does, or a compiled one as its source", () => {
  expect(isSameFile("src/cart.ts", "app:///src/cart.ts")).toBe(true);
  expect(isSameFile("src/cart.ts", "/app/dist/cart.js")).toBe(true);
  expect(isSameFile("src/cart.ts", "src/mail.ts")).toBe(false);
  expect(isSameFile("src/cart.ts", "")).toBe(false);
});

/** In the style of PHP's own standard: braces of functions on their own lines. */
const PHP = `class Titles
{
    public function titles(array $ids): array
    {
        $titles = [];
        foreach ($ids as $id) {
            $titles[] = $this->find($id)->title();
        }
        return match (count($titles)) {
            0 => [],
    public static function last(
        array $ids,
    ): ?string
    {
        return null;
    }
    final protected function &first(array $ids) {
        return $ids[0];
`;

test.each([
  ["def a():\n    b()\n", 2, "a"],
  ["function a() {\n  b();\n}\n", 2, "a"],
  ["const a = async (x) => {\n  if (x) {\n    b();\n  }\n};\n", 3, "a"],
  ["class A {\n  a(x) {\n    b();\n  }\n}\n", 3, "a"],
  ["func (c *Cart) Total() int {\n\treturn 1\n}\n", 2, "Total"],
  ["impl A {\n    pub fn a(&self) -> u8 {\n        b()\n    }\n}\n", 3, "a"],
  ["class A {\n    public static int a(String b) throws X {\n        return 1;\n    }\n}\n", 3, "a"],
  [PHP, 7, "titles"],
  [PHP, 11, "last"],
  [PHP, 18, "first"],
  [PHP, 2, undefined],
  ["class A {\n  a(\n    x: string,\n  ): void {\n    b();\n  }\n}\n", 5, "a"],
  ["fn a<T>(b: T)\nwhere\n    T: Copy,\n{\n    c()\n}\n", 5, "a"],
  ["def a(\n    b,\n) -> int:\n    return b\n", 4, "a"],
  ["function a() {\n  each(b, function (c) {\n    d();\n  });\n}\n", 3, "a"],
  [
    "class A {\n    int A(int b)\n    {\n        if (b > 1)\n        {\n            c();\n        }\n    }\n}\n",
    6,
    "A",
  ],
  ["class A {\n  a() {\n    switch (b) {\n      case 1:\n        c();\n    }\n  }\n}\n", 5, "a"],
  ["function a() {}\n{\n  b();\n}\n", 3, undefined],
  ["b();\n", 1, undefined],
] as const)("the function of a line is found above it: %#", (text, line, name) => {
  expect(findFunction(text, line)).toBe(name);
});
