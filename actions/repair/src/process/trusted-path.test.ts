import { expect, test } from "vitest";
import { trustedPath } from "./trusted-path.ts";

test.each(["/w/shop", "/w/shop/node_modules/.bin", "/w/x/../shop/bin", "node_modules/.bin", ".", ""])(
  "`%s` in PATH is not where programs of the action are looked for",
  (entry) => {
    expect(trustedPath(`/usr/bin:${entry}:/bin`, "/w/shop")).toBe("/usr/bin:/bin");
  },
);

test("folders beside the checkout stay", () => {
  expect(trustedPath("/w/shop-tools/bin:/w", "/w/shop")).toBe("/w/shop-tools/bin:/w");
});
