import { expect, test } from "vitest";
import { checkLicenses } from "./check-licenses.ts";

const packageUnder = (license?: string) => ({
  name: "one",
  version: "1.0.0",
  ...(license === undefined ? {} : { license }),
});

test.each(["MIT", "ISC", "Apache-2.0", "BSD-3-Clause"])("code under %s goes into a bundle", (license) => {
  expect(() => checkLicenses([packageUnder(license)])).not.toThrow();
});

test.each([
  [undefined, "no licence named"],
  ["GPL-3.0-only", "GPL-3.0-only"],
  ["(MIT OR GPL-3.0-only)", "(MIT OR GPL-3.0-only)"],
  ["SEE LICENSE IN LICENSE", "SEE LICENSE IN LICENSE"],
  ["UNLICENSED", "UNLICENSED"],
])("code under %s goes into none, and the error names it", (license, told) => {
  expect(() => checkLicenses([packageUnder("MIT"), packageUnder(license)])).toThrow(`one@1.0.0 (${told})`);
});
