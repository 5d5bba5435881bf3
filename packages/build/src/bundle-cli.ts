/**
 * The last step of the build of packages/cli: bundles its lib/main.js into dist/, which is the package as npm gets it:
 * bundle, templates, manifest, README and licence.
 */
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildBundle } from "./bundling/build-bundle.ts";
import { collectTemplates } from "./bundling/collect-templates.ts";
import { describeCli } from "./bundling/describe-cli.ts";
import { writeBundle } from "./bundling/write-bundle.ts";
import { REPOSITORY } from "./repository.ts";

process.noDeprecation = true;
const folder = process.cwd();
const dist = join(folder, "dist");
const { bundle } = await buildBundle(join(folder, "lib", "main.js"));
const templates = Object.entries(collectTemplates(REPOSITORY));
const whole = new Map([
  ...bundle,
  ...templates.map(([name, text]) => [`templates/${name}.yml`, Buffer.from(text)] as const),
]);
writeBundle(dist, whole);
const read = (path: string): Record<string, unknown> => JSON.parse(readFileSync(path, "utf8"));
const manifest = describeCli(read(join(folder, "package.json")), read(join(REPOSITORY, "package.json")));
writeFileSync(join(dist, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
for (const [from, to] of [
  [join(folder, "start.mjs"), "start.mjs"],
  [join(folder, "README.md"), "README.md"],
  [join(REPOSITORY, "LICENSE"), "LICENSE"],
] as const)
  copyFileSync(from, join(dist, to));
