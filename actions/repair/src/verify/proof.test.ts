import { describe, expect, test } from "vitest";
import { type Files, useCheckouts } from "../testing/checkout.ts";
import { makePatchFile } from "../testing/patch-file.ts";
import { runStep } from "../testing/run-step.ts";

const makeCheckout = useCheckouts();

const CART = [
  "const COUPONS = new Map([['SPRING', { percent: 10 }]]);",
  "",
  "export function discountOf(code) {",
  "  const coupon = COUPONS.get(code);",
  "  return coupon.percent;",
  "}",
  "",
].join("\n");
const TEST = [
  'import assert from "node:assert/strict";',
  'import { test } from "node:test";',
  'import { discountOf } from "../src/cart.js";',
  "",
  'test("a coupon counts", () => {',
  '  assert.equal(discountOf("SPRING"), 10);',
  "});",
  "",
].join("\n");
const BASE: Files = {
  "package.json": '{"name":"shop","type":"module","scripts":{"test":"node --test"}}\n',
  "src/cart.js": CART,
  "test/cart.test.js": TEST,
};
const FIXED_CART = CART.replace("return coupon.percent", "return coupon === undefined ? 0 : coupon.percent");
const NEW_TEST =
  'test("an unknown coupon counts nothing", () => {\n  assert.equal(discountOf("WINTER"), 0);\n});\n';
const FIXED: Files = { ...BASE, "src/cart.js": FIXED_CART, "test/cart.test.js": `${TEST}\n${NEW_TEST}` };
const PRODUCTION = {
  exceptions: [
    {
      type: "TypeError",
      value: "Cannot read properties of undefined (reading 'percent')",
      frames: [{ file: "src/cart.js", function: "discountOf", line: 5 }],
    },
  ],
};

async function verify(
  after: Files,
  task: object = PRODUCTION,
  inputs: Readonly<Record<string, string>> = {},
  base: Files = BASE,
) {
  const checkout = makeCheckout(base);
  const given = { step: "verify", ...makePatchFile(checkout, after), ...inputs };
  return { checkout, ...(await runStep(checkout, { inputs: given, task: { ...task } })) };
}

describe("a real project of node's test runner:", () => {
  test("a crash, a fix and its test are proven", async () => {
    const { result } = await verify(FIXED);
    expect([result.proof?.level, result.proof?.tests.map(({ name }) => name)]).toEqual([
      "proven",
      ["an unknown coupon counts nothing"],
    ]);
    expect(result.proof?.parts).toEqual([{ place: "src/cart.js:5", need: "needed" }]);
  });

  test("the same is reproduced where production failed elsewhere", async () => {
    const elsewhere = { exceptions: [{ type: "RangeError", value: "x", frames: [] }] };
    expect((await verify(FIXED, elsewhere)).result.proof?.level).toBe("reproduced");
  });

  test("a fix without a test is tested", async () => {
    const { result } = await verify({ ...BASE, "src/cart.js": FIXED_CART });
    expect(result.proof?.level).toBe("tested");
  });

  test("a test that asks for what is new, and a part that nothing tests, are tested", async () => {
    const more = { ...FIXED, "src/mail.js": "export const send = () => 1;\n" };
    const { result } = await verify(more);
    expect([
      result.proof?.level,
      result.proof?.parts.find(({ need }) => need === "not-needed")?.place,
    ]).toEqual(["tested", "src/mail.js:1"]);
  });

  test("`require-proof` makes the job red below its level, and no lower", async () => {
    const untested = { ...BASE, "src/cart.js": FIXED_CART };
    const { failure } = await verify(untested, PRODUCTION, { "require-proof": "reproduced" });
    expect(failure).toMatch(/^`require-proof` asks for reproduced, and the patch is tested only\./);
    expect((await verify(FIXED, PRODUCTION, { "require-proof": "proven" })).failure).toBeUndefined();
  });
});

test("a change of two projects in one repository is proven by the tests of either", async () => {
  const inFolder = (folder: string, files: Files): Files =>
    Object.fromEntries(Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text]));
  const base = { ...inFolder("shop", BASE), ...inFolder("desk", BASE) };
  const fixed = { ...inFolder("shop", FIXED), ...inFolder("desk", FIXED) };
  const { exceptions } = PRODUCTION;
  const production = exceptions.map((each) => ({
    ...each,
    frames: each.frames.map((frame) => ({ ...frame, file: `shop/${frame.file}` })),
  }));
  const { result } = await verify(fixed, { exceptions: production }, {}, base);
  expect([result.proof?.level, result.proof?.tests.length]).toEqual(["proven", 2]);
  expect(result.proof?.parts).toEqual([
    { place: "desk/src/cart.js:5", need: "needed" },
    { place: "shop/src/cart.js:5", need: "needed" },
  ]);
});

describe("of a slow operation, which throws nothing, it is said", () => {
  const GO = "package shop\n\nfunc BenchmarkTotal(b *testing.B) {}\n";
  test.each<[string, Files, string]>([
    ["that the repository has no benchmark", {}, "and the repository has none."],
    [
      "which benchmark it does not run",
      { "bench/cart.bench.js": "" },
      "bench/cart.bench.js is not run here.",
    ],
    ["which one lies among the tests", { "go/cart_test.go": GO }, "go/cart_test.go is not run here."],
  ])("%s", async (_, more, said) => {
    const { result } = await verify({ ...FIXED, ...more }, {}, {}, { ...BASE, ...more });
    expect([result.proof?.level, result.proof?.reason]).toEqual([
      "reproduced",
      expect.stringContaining(said),
    ]);
  });

  test("no doubt whether it was slow where that is known", async () => {
    const { result } = await verify(FIXED, { kind: "performance" });
    expect(result.proof?.reason).toContain(
      "Tests do not show speed: only a benchmark of the operation shows that it is faster",
    );
    expect(result.proof?.reason).not.toContain("If it was slow");
  });

  test.each(["issue", "task"])(
    "nothing of a benchmark where somebody asked for the work: %s",
    async (kind) => {
      const { proof } = (await verify(FIXED, { kind })).result;
      expect([proof?.level, proof?.reason]).toEqual([
        "reproduced",
        expect.not.stringMatching(/benchmark|Production/),
      ]);
    },
  );

  test("nothing where production threw something", async () => {
    expect((await verify(FIXED)).result.proof?.reason).not.toContain("benchmark");
  });
});

test("`step: proof` tells the level by how it ends", async () => {
  const { checkout } = await verify(FIXED);
  const end = async (required: string) =>
    (await runStep(checkout, { inputs: { step: "proof", "require-proof": required } })).failure;
  expect([await end("reproduced"), await end("proven")]).toEqual([undefined, undefined]);
  const untested = await verify({ ...BASE, "src/cart.js": FIXED_CART });
  const { failure } = await runStep(untested.checkout, {
    inputs: { step: "proof", "require-proof": "reproduced" },
  });
  expect(failure).toBe("The patch is tested, and this step asks for reproduced.");
});

test("`step: wall` names the sandbox, and runs nothing of the repository", async () => {
  const checkout = makeCheckout({ ...BASE, "package.json": '{"scripts":{"test":"touch ran"}}\n' });
  const { outputs, failure } = await runStep(checkout, { inputs: { step: "wall", sandbox: "process" } });
  expect([failure, outputs.sandbox, checkout.read("ran")]).toEqual([undefined, "process", undefined]);
});
