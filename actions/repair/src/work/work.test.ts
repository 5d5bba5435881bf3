import { afterEach, expect, test } from "vitest";
import { type Checkout, type Files, makeCheckout } from "../testing/checkout.ts";
import { runStep } from "../testing/run-step.ts";

const BASE: Files = {
  "cart.js": "broken\n",
  "check.sh": "grep -q mended cart.js\n",
  ".gitignore": "built/\n",
};

const made: Checkout[] = [];
afterEach(() => {
  for (const checkout of made.splice(0)) checkout.remove();
});

function checkoutOf(files: Files = BASE): Checkout {
  const checkout = makeCheckout(files);
  made.push(checkout);
  return checkout;
}

const MEND = "echo mended > cart.js";
const TESTED = { "test-command": "sh check.sh" };

test("a change with green tests becomes a patch", async () => {
  const checkout = checkoutOf();
  const { outputs, files, result, failure } = await runStep(checkout, {
    inputs: { ...TESTED, command: MEND },
  });
  expect([outputs.result, failure, files["cart.js"]]).toEqual(["patch", undefined, "mended\n"]);
  expect(result.checks.map(({ name, outcome }) => [name, outcome])).toEqual([["test", "passed"]]);
  expect(outputs["patch-sha256"]).toBe(result.patch?.sha256);
});
