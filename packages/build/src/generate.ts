/**
 * `npm run generate`: writes action.yml and the README tables of every action from its contract and its own tables, one
 * file with the inputs of all of them, and what pages about the repository show of its code.
 * With `--check` it writes nothing and exits 1, naming each file that differs.
 */
import { writeFileSync } from "node:fs";
import { basename, relative } from "node:path";
import { parseArgs } from "node:util";
import { OWNER } from "@patchpilot/owner";
import { type GeneratedFile, generatedFiles, isCurrent } from "./generating/generated-files.ts";
import { pageFiles } from "./generating/page-files.ts";
import { releaseKeysFile } from "./generating/release-keys.ts";
import { changeOwner, OWNER_ON_MAIN } from "./releasing/trees/references.ts";
import { actionFolders, REPOSITORY } from "./repository.ts";

const { values } = parseArgs({ options: { check: { type: "boolean", default: false } } });

const folders = actionFolders();
const sources = [
  ...folders.map((folder) => () => generatedFiles(folder)),
  keysOfRelease,
  () => pageFiles(REPOSITORY, folders),
];
for (const files of sources) {
  try {
    for (const file of (await files()).map(nameMain).filter((file) => !isCurrent(file))) write(file);
  } catch (error) {
    fail((error as Error).message.replaceAll(`${REPOSITORY}/`, ""));
  }
}

async function keysOfRelease(): Promise<GeneratedFile[]> {
  return [await releaseKeysFile(REPOSITORY, folders)];
}

/** A contract names the owner who publishes; a file on main does not, and a release writes it in. */
function nameMain({ path, text }: GeneratedFile): GeneratedFile {
  const actions = folders.map((folder) => basename(folder));
  return { path, text: changeOwner(text, OWNER, OWNER_ON_MAIN, actions) };
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
