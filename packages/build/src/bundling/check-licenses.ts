import type { BundledPackage } from "./bundled-packages.ts";

/** Licences that let anybody ship the code in a bundle, with their text beside it; all by their SPDX identifier. */
const FITS = new Set([
  "0BSD",
  "Apache-2.0",
  "BlueOak-1.0.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "CC0-1.0",
  "ISC",
  "MIT",
  "Unlicense",
]);

/** @throws Error that names every package whose licence is missing or does not fit */
export function checkLicenses(packages: readonly BundledPackage[]): void {
  const unfit = packages.filter(({ license }) => license === undefined || !FITS.has(license));
  if (unfit.length === 0) return;
  const named = unfit.map(
    ({ name, version, license }) => `${name}@${version} (${license ?? "no licence named"})`,
  );
  throw new Error(
    `A bundle must not hold ${named.join(", ")}. Leave the package out, or read its licence and add it to check-licenses.ts.`,
  );
}
