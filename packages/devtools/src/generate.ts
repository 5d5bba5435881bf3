/**
 * `pnpm generate`: writes action.yml and the README tables of every action from its contract and its own tables, and
 * one file with the inputs of all of them.
 * With `--check` it writes nothing and exits 1, naming each file that differs.
 */
import { writeFileSync } from "node:fs";
import { relative } from "node:path";
import { parseArgs } from "node:util";
import { type GeneratedFile, generatedFiles, isCurrent } from "./generating/generated-files.ts";
import { releaseKeysFile } from "./generating/release-keys.ts";
import { actionFolders, REPOSITORY } from "./repository.ts";

const { values } = parseArgs({ options: { check: { type: "boolean", default: false } } });

const folders = actionFolders();
for (const files of [...folders.map((folder) => () => generatedFiles(folder)), keysOfRelease]) {
  try {
    for (const file of (await files()).filter((file) => !isCurrent(file))) write(file);
  } catch (error) {
    fail((error as Error).message.replaceAll(`${REPOSITORY}/`, ""));
  }
}

async function keysOfRelease(): Promise<GeneratedFile[]> {
  return [await releaseKeysFile(REPOSITORY, folders)];
}

function write({ path, text }: GeneratedFile): void {
  const name = relative(REPOSITORY, path);
  if (values.check) {
    fail(`${name} differs from its sources; run \`pnpm generate\`.`);
    return;
  }
  writeFileSync(path, text);
  console.log(`wrote ${name}`);
}

function fail(sentence: string): void {
  console.error(sentence);
  process.exitCode = 1;
}
