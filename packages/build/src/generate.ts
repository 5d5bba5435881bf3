/**
 * `npm run generate`: writes action.yml and the README tables of every action from its contract and its own tables, one
 * file with the inputs of all of them, and what pages about the repository show of its code.
 * `--gitleaks FILE` also writes the formats of tokens, from a newer list of the rules of gitleaks.
 * With `--check` it writes nothing and exits 1, naming each file that differs.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { basename, relative } from "node:path";
import { parseArgs } from "node:util";
import { securityPage } from "./generating/assured-figures.ts";
import { type GeneratedFile, generatedFiles, isCurrent } from "./generating/generated-files.ts";
import { nameOnMain } from "./generating/name-on-main.ts";
import { pageFiles } from "./generating/page-files.ts";
import { releaseKeysFile } from "./generating/release-keys.ts";
import { tokenFormatFiles } from "./generating/token-formats.ts";
import { actionFolders, REPOSITORY } from "./repository.ts";

const { values } = parseArgs({
  options: { check: { type: "boolean", default: false }, gitleaks: { type: "string" } },
});

const folders = actionFolders();
const actions = folders.map((folder) => basename(folder));
const sources = [
  ...folders.map((folder) => () => generatedFiles(folder)),
  keysOfRelease,
  () => pageFiles(REPOSITORY, folders),
  () => [securityPage(REPOSITORY)],
  tokenFormats,
];
for (const files of sources) {
  try {
    for (const file of await files()) {
      const named = nameOnMain(file, actions);
      if (!isCurrent(named)) write(named);
    }
  } catch (error) {
    fail((error as Error).message.replaceAll(`${REPOSITORY}/`, ""));
  }
}

async function keysOfRelease(): Promise<GeneratedFile[]> {
  return [await releaseKeysFile(REPOSITORY, folders)];
}

function tokenFormats(): GeneratedFile[] {
  const { gitleaks } = values;
  return gitleaks === undefined ? [] : tokenFormatFiles(REPOSITORY, readFileSync(gitleaks, "utf8"));
}

function write({ path, text }: GeneratedFile): void {
  const name = relative(REPOSITORY, path);
  if (values.check) {
    fail(`${name} differs from what the code says; run \`npm run generate\`.`);
    return;
  }
  writeFileSync(path, text);
  console.log(`wrote ${name}`);
}

function fail(sentence: string): void {
  console.error(sentence);
  process.exitCode = 1;
}
