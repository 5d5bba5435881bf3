/**
 * The last step of an action's `build` script: bundles lib/main.js of the current folder into dist/ and fails
 * when the bundle is larger than it may be.
 */
import { existsSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { buildBundle, scriptBytes } from "./bundling/build-bundle.ts";
import { BUNDLED_PACKAGES } from "./bundling/bundled-packages.ts";
import { describeSize, SIZE_LIMIT } from "./bundling/size-limit.ts";
import { writeBundle } from "./bundling/write-bundle.ts";

// ncc asks the disk in a way that Node has come to warn of.
process.noDeprecation = true;
process.exitCode = await bundleHere(process.cwd());

/** @returns the exit status */
async function bundleHere(folder: string): Promise<number> {
  const entry = join(folder, "lib", "main.js");
  if (!existsSync(entry))
    return fail(`${entry} is missing; compile the action first with \`npm run build\`.`);
  const { bundle, packages } = await buildBundle(entry);
  writeBundle(join(folder, "dist"), bundle);
  writeFileSync(join(folder, BUNDLED_PACKAGES), `${JSON.stringify(packages, null, 2)}\n`);
  const bytes = scriptBytes(bundle);
  console.log(describeSize(basename(folder), bytes));
  if (bytes <= SIZE_LIMIT) return 0;
  return fail("The bundle is too large: see what it imports, or load it on demand where few runs need it.");
}

function fail(sentence: string): number {
  console.error(sentence);
  return 1;
}
