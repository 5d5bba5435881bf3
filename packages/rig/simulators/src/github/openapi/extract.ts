/**
 * Writes or checks the extract of GitHub's official REST description that the simulator is held to.
 *
 *   node --conditions=source packages/rig/simulators/src/github/openapi/extract.ts [--check] [--package FOLDER]
 *
 * `@octokit/openapi` weighs 385 MB, so it is no dependency: without `--package` it is fetched with `npm pack`
 * into a temporary folder. `--check` writes nothing and ends with 1 where the checked-in extract differs.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type Extract, extractDescription, type OfficialDescription } from "./extract-description.ts";

const SOURCE = { package: "@octokit/openapi", version: "23.0.2" };
const EXTRACT = new URL("./github-rest.schema.json", import.meta.url);
const NOTICE = new URL("./NOTICE.md", import.meta.url);

function main(): void {
  const { values } = parseArgs({ options: { check: { type: "boolean" }, package: { type: "string" } } });
  const folder =
    values.package === undefined ? download() : { path: values.package, remove: () => undefined };
  try {
    const description = readJson(join(folder.path, "generated/api.github.com.json")) as OfficialDescription;
    const extract = written(extractDescription(description));
    const notice = writeNotice(readFileSync(join(folder.path, "LICENSE"), "utf8"));
    if (values.check === true) check(extract, notice);
    else {
      writeFileSync(EXTRACT, extract);
      writeFileSync(NOTICE, notice);
    }
  } finally {
    folder.remove();
  }
}

function download(): { path: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), "octokit-openapi-"));
  const name = `${SOURCE.package}@${SOURCE.version}`;
  const packed = execFileSync("npm", ["pack", "--silent", name], { cwd: folder, encoding: "utf8" }).trim();
  execFileSync("tar", ["xzf", packed, "package/generated/api.github.com.json", "package/LICENSE"], {
    cwd: folder,
  });
  return { path: join(folder, "package"), remove: () => rmSync(folder, { recursive: true }) };
}

function check(extract: string, notice: string): void {
  if (readFileSync(EXTRACT, "utf8") === extract && readFileSync(NOTICE, "utf8") === notice) return;
  console.error(
    `The extract differs from ${SOURCE.package}@${SOURCE.version}. Run this script without --check and commit what it writes.`,
  );
  process.exitCode = 1;
}

/** One line per operation, webhook and schema: small, and a new release of the source still reads as a diff. */
function written(extract: Extract): string {
  const section = (entries: object): string =>
    Object.entries(entries)
      .map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`)
      .join(",\n");
  const sections = Object.entries(extract).map(([name, entries]) => `"${name}":{\n${section(entries)}\n}`);
  return `{"source":${JSON.stringify(SOURCE)},\n${sections.join(",\n")}\n}\n`;
}

function writeNotice(license: string): string {
  return `# Notice

\`github-rest.schema.json\` is an extract of \`generated/api.github.com.json\` in ${SOURCE.package} ${SOURCE.version}
(https://github.com/octokit/openapi), which is made from https://github.com/github/rest-api-description.
\`extract.ts\` wrote it: the operations and webhooks named in \`operations.ts\`, as JSON Schema, without prose and examples.

${license.trim()}
`;
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, "utf8"));
}

main();
