import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { sha256Of } from "../step/task.ts";
import { type Files, useCheckouts, writeFiles } from "../testing/checkout.ts";
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
) {
  const checkout = makeCheckout(BASE);
  const { git, workspace } = checkout;
  git(["rm", "-r", "--quiet", "."]);
  writeFiles(workspace, after);
  git(["add", "--all", "--force"]);
  const bytes = Buffer.from(git(["diff", "--cached", "--binary", "--full-index", "--no-renames"]));
  git(["reset", "--quiet", "--hard"]);
  const path = join(checkout.root, "change.patch");
  writeFileSync(path, bytes);
  const given = { step: "verify", patch: path, "patch-sha256": sha256Of(bytes), ...inputs };
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
