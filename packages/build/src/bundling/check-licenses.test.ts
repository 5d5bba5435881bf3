import { expect, test } from "vitest";
import { checkLicenses } from "./check-licenses.ts";

const MIT = { name: "fits", version: "1.0.0", license: "MIT" };
const BARE = { name: "one", version: "1.0.0" };

test("code under licences that let anybody ship it goes into a bundle", () => {
  for (const license of ["MIT", "ISC", "Apache-2.0", "BSD-3-Clause"])
    expect(() => checkLicenses([MIT, { ...BARE, license }])).not.toThrow();
});

test("code without a licence goes into no bundle", () => {
  expect(() => checkLicenses([MIT, BARE])).toThrow("one@1.0.0 (no licence named)");
});

test.each(["GPL-3.0-only", "(MIT OR GPL-3.0-only)", "SEE LICENSE IN LICENSE", "UNLICENSED"])(
  "code under %s goes into no bundle, and the error names it",
  (license) => expect(() => checkLicenses([MIT, { ...BARE, license }])).toThrow(`one@1.0.0 (${license})`),
);
