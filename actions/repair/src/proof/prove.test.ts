import { describe, expect, test } from "vitest";
import { ProofStopped } from "./proof-place.ts";
import { prove } from "./prove.ts";
import { type FakeTest, failure, fakePlace, type Shown } from "./testing/fake-place.ts";

const BASE: Shown = {
  "shop/cart.py": "PRICES = {}\n\n\ndef total(items):\n    return sum(PRICES[item] for item in items)\n",
  "tests/test_cart.py": "def test_sum(): ...\n",
};
const FIXED = {
  "shop/cart.py": BASE["shop/cart.py"]?.replace("PRICES[item]", "PRICES.get(item, 0)") ?? "",
  "tests/test_cart.py": "def test_sum(): ...\n\n\ndef test_unknown(): ...\n",
};
const PRODUCTION = [
  {
    type: "builtins.KeyError",
    value: "'pear'",
    frames: [{ file: "/app/shop/cart.py", function: "total", line: 5 }],
  },
];
const KEY_ERROR = failure("exception", {
  types: ["KeyError"],
  message: "'pear'",
  frames: [
    { file: "shop/cart.py", function: "total", line: 5 },
    { file: "tests/test_cart.py", function: "test_unknown", line: 4 },
  ],
});
const isFixed = (files: Shown): boolean => files["shop/cart.py"]?.includes(".get(") ?? false;
const newTest = (fails: FakeTest["fails"]): FakeTest => ({
  name: "test_unknown",
  file: "tests/test_cart.py",
  fails,
});
const whileBroken = (red = KEY_ERROR): FakeTest => newTest((files) => (isFixed(files) ? undefined : red));

const [CART, CART_TEST] = ["src/main/java/com/acme/Cart.java", "src/test/java/com/acme/CartTest.java"];
const cart = (total: string) => `class Cart {\n  int total(String a) {\n    return ${total};\n  }\n}\n`;
const JAVA = {
  base: { [CART]: cart("a.length()"), [CART_TEST]: "class CartTest {}\n" } as Shown,
  patched: {
    [CART]: cart("a == null ? 0 : a.length()"),
    [CART_TEST]: "class CartTest {\n  void none() {}\n}\n",
  } as Shown,
  production: [
    {
      type: "java.lang.NullPointerException",
      value: "",
      frames: [{ file: "Cart.java", function: "com.acme.Cart.total", line: 3 }],
    },
  ],
};
const javaTest: FakeTest = {
  name: "none",
  file: CART_TEST,
  fails: (files) =>
    files[CART]?.includes("null")
      ? undefined
      : failure("exception", {
          types: ["java.lang.NullPointerException"],
          frames: [
            { file: "com/acme/Cart.java", function: "com.acme.Cart.total", line: 3 },
            { file: "com/acme/CartTest.java", function: "com.acme.CartTest.none", line: 2 },
          ],
        }),
};

async function proveChange(
  tests: readonly FakeTest[],
  {
    patched = FIXED as Shown,
    base = BASE,
    production = PRODUCTION,
    changesTests = [] as readonly string[],
  } = {},
) {
  const { place, onPatch, ran } = fakePlace(base, patched, tests);
  return { ...(await prove({ production, onPatch, changesTests }, async () => place)), ran };
}

describe("a patch is", () => {
  test("proven by a test that is red on the base by production's exception", async () => {
    const { level, reason, tests, parts } = await proveChange([whileBroken()]);
    expect([level, tests.map(({ red }) => red)]).toEqual(["proven", ["production"]]);
    expect(reason).toContain("“test_unknown” is red on the base by production's own exception");
    expect(parts).toEqual([{ place: "shop/cart.py:5", need: "needed" }]);
  });

  test("proven where frames name the project's files by their package, as Java's do", async () => {
    const { level } = await proveChange([javaTest], JAVA);
    expect(level).toBe("proven");
  });

  test("not proven where a package's file may be either of two", async () => {
    const twin = { "old/src/main/java/com/acme/Cart.java": "class Cart {}\n" };
    const base = { ...JAVA.base, ...twin };
    const { level } = await proveChange([javaTest], { ...JAVA, base, patched: { ...JAVA.patched, ...twin } });
    expect(level).toBe("tested");
  });

  test("reproduced by a test that expects otherwise on the base", async () => {
    const { level } = await proveChange([whileBroken(failure("assertion"))]);
    expect(level).toBe("reproduced");
  });

  test("reproduced by another exception out of the function that it changes", async () => {
    const { level } = await proveChange([whileBroken({ ...KEY_ERROR, types: ["LookupFailed"] })]);
    expect(level).toBe("reproduced");
  });

  test("tested where its new test is green on the base", async () => {
    const { level, reason } = await proveChange([newTest(() => undefined)]);
    expect([level, reason]).toEqual(["tested", "No test is red on the base and green on the patch."]);
  });

  test("tested where its test stays green on a change that throws", async () => {
    const { level, reason, ran } = await proveChange([{ ...whileBroken(), isIdle: true }]);
    expect([level, reason]).toEqual([
      "tested",
      "“test_unknown” does not run what the patch changes: it only sees that it was changed.",
    ]);
    expect(ran.at(-1)).toBe("with a line in the change that throws");
  });

  test("tested where the test throws by itself, through changed code, what is not production's", async () => {
    const [inCode, inTest] = KEY_ERROR.frames;
    const frames = [inTest, inCode, inTest].flatMap((frame) => frame ?? []);
    const red = { ...KEY_ERROR, types: ["Broken"], frames };
    expect((await proveChange([whileBroken(red)])).level).toBe("tested");
    const outside = [
      { type: "Timeout", value: "", frames: [{ file: "/usr/lib/socket.py", function: "recv", line: 1 }] },
    ];
    expect((await proveChange([whileBroken(red)], { production: outside })).level).toBe("reproduced");
  });

  test("tested where an exception is out of a function beside the one that changes", async () => {
    const beside = "\n\ndef other(items):\n    return items[0]\n";
    const base = { ...BASE, "shop/cart.py": `${BASE["shop/cart.py"]}${beside}` };
    const patched = { ...FIXED, "shop/cart.py": `${FIXED["shop/cart.py"]}${beside}` };
    const frames = [{ file: "shop/cart.py", function: "other", line: 9 }];
    const red = { ...KEY_ERROR, types: ["IndexError"], frames };
    expect((await proveChange([whileBroken(red)], { base, patched })).level).toBe("tested");
  });

  test.each([
    ["away from where production failed", "shop/limits.py", "tested"],
    ["in the file where production failed", "shop/cart.py", "reproduced"],
  ])("judged by where it is, if all that it changes is a value: %s", async (_, path, expected) => {
    const patched = {
      ...BASE,
      [path]: `${BASE[path] ?? ""}MOST = 5\n`,
      "tests/test_cart.py": FIXED["tests/test_cart.py"] ?? "",
    };
    const asks = newTest((files) => (files[path]?.includes("MOST") ? undefined : failure("assertion")));
    expect((await proveChange([asks], { patched })).level).toBe(expected);
  });

  test.each([
    "Snapshot `a cart 1` mismatched",
    "expect(received).toMatchInlineSnapshot(snapshot)",
    "snapshot assertion for 'cart' failed in line 4",
    "assert [+ received] == [- snapshot]",
  ])("tested where all that is red is a snapshot: %s", async (message) => {
    const { level, reason } = await proveChange([whileBroken(failure("assertion", { message }))]);
    expect([level, reason]).toEqual(["tested", expect.stringContaining("a snapshot differs")]);
  });

  test("reproduced by a test of what the product calls a snapshot", async () => {
    const red = failure("assertion", { message: "expected 2 to be 1: the snapshot counts twice" });
    expect((await proveChange([whileBroken(red)])).level).toBe("reproduced");
  });

  test("tested where it has no test", async () => {
    const sum: FakeTest = { name: "test_sum", file: "tests/test_cart.py", fails: () => undefined };
    const patched = { ...BASE, "shop/cart.py": FIXED["shop/cart.py"] };
    expect((await proveChange([sum], { patched })).level).toBe("tested");
  });

  test("tested where its test is red for another reason", async () => {
    const elsewhere = { ...KEY_ERROR, frames: KEY_ERROR.frames.slice(1), types: ["ImportError"] };
    const { level, reason } = await proveChange([whileBroken(elsewhere)]);
    expect([level, reason]).toEqual([
      "tested",
      "“test_unknown” is red on the base for another reason than the failure: an exception from elsewhere, ImportError.",
    ]);
  });

  test.each(["setup", "timeout", "unknown"] as const)("tested where its test is red by %s", async (kind) => {
    expect((await proveChange([whileBroken({ ...KEY_ERROR, kind })])).level).toBe("tested");
  });

  test("tested where its test ends once red and once green on the base", async () => {
    const flaky = newTest((files, runs) => (isFixed(files) || runs === 3 ? undefined : KEY_ERROR));
    const { level, flaky: named } = await proveChange([flaky]);
    expect([level, named]).toEqual(["tested", ["test_unknown"]]);
  });

  test("tested where the patch holds a part that its tests do not need", async () => {
    const patched = { ...FIXED, "shop/mail.py": "def send():\n    return 1\n" };
    const { level, reason } = await proveChange([whileBroken()], { patched });
    expect([level, reason]).toEqual([
      "tested",
      "The new tests are green without shop/mail.py:1-2: what is not needed for them is not proven.",
    ]);
  });

  test("tested where the tests do not say which of them is red", async () => {
    expect((await proveChange([])).level).not.toBe("proven");
  });

  test("not to be shown where it changes how it is tested", async () => {
    const { level } = await proveChange([whileBroken()], { changesTests: ["pytest.ini"] });
    expect(level).toBe("cannot-be-shown");
  });

  test("not to be shown where code and tests are one new file", async () => {
    const patched = { ...BASE, "src/lib.rs": "fn a() {}\n#[cfg(test)]\nmod tests {\n    fn t() {}\n}\n" };
    const test: FakeTest = { name: "mod tests", file: "src/lib.rs", fails: () => undefined };
    expect((await proveChange([test], { patched })).level).toBe("cannot-be-shown");
  });
});

test("a part that others do not build without is tried with them", async () => {
  const patched = {
    ...FIXED,
    "shop/cart.py": `${BASE["shop/cart.py"]?.replace("PRICES[item]", "PRICES.get(item, 0)")}\n\n\n\n\n\ndef log_total():\n    return 1\n`,
    "shop/app.py": "from cart import log_total\n\nlog_total()\n",
  };
  const importing = newTest((files) => {
    if (files["shop/app.py"] !== undefined && !files["shop/cart.py"]?.includes("def log_total"))
      return failure("exception", { types: ["ImportError"], message: "cannot import name" });
    return isFixed(files) ? undefined : KEY_ERROR;
  });
  const { level, parts } = await proveChange([importing], { patched });
  expect(level).toBe("tested");
  expect(parts).toEqual([
    { place: "shop/cart.py:5", need: "needed" },
    { place: "shop/cart.py:11-13", need: "not-needed" },
    { place: "shop/app.py:1-3", need: "not-needed" },
  ]);
});

test("what was not tried keeps a patch from being proven, and is named", async () => {
  const more = Object.fromEntries(
    Array.from({ length: 11 }, (_, at) => [`shop/part${at}.py`, `x = ${at}\n`]),
  );
  const needed = newTest((files) =>
    isFixed(files) && Object.keys(more).every((path) => path in files) ? undefined : KEY_ERROR,
  );
  const { level, reason, parts } = await proveChange([needed], { patched: { ...FIXED, ...more } });
  expect([level, parts.filter(({ need }) => need === "not-tried").length]).toEqual(["reproduced", 2]);
  expect(reason).toContain("Not every part was tried");
});

test("comments, documents and types are not tried", async () => {
  const patched = {
    ...FIXED,
    "shop/cart.py": `# Prices of today.\n${FIXED["shop/cart.py"]}`,
    "README.md": "Prices\n",
    "types/index.d.ts": "export type Price = number;\n",
  };
  const { level, parts } = await proveChange([whileBroken()], { patched });
  expect([level, parts.map(({ place }) => place)]).toEqual(["proven", ["shop/cart.py:6"]]);
});

test("tests without names have nothing of the change read", async () => {
  const { onPatch } = fakePlace(BASE, FIXED, []);
  const { level, reason, parts } = await prove(
    { production: PRODUCTION, onPatch: { ...onPatch, broken: undefined }, changesTests: [] },
    () => Promise.reject(new Error("The change was read.")),
  );
  expect([level, reason, parts]).toEqual([
    "tested",
    "The test command does not say which test passed and which did not.",
    [],
  ]);
});

test("where the time is up, what was seen so far counts", async () => {
  const { place, onPatch } = fakePlace(BASE, FIXED, [whileBroken()]);
  const stopped = { ...place, runTests: () => Promise.reject(new ProofStopped()) };
  const { level, reason } = await prove(
    { production: PRODUCTION, onPatch, changesTests: [] },
    async () => stopped,
  );
  expect([level, reason]).toEqual([
    "tested",
    "The step timed out before the tests were seen red on the base.",
  ]);
});
