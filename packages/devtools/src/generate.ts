/**
 * `pnpm generate`: writes action.yml and the README tables of every action from its contract.
 * With `--check` it writes nothing and exits 1, naming each file that differs.
 */
import { writeFileSync } from "node:fs";
import { relative } from "node:path";
import { parseArgs } from "node:util";
import { generatedFiles, isCurrent } from "./generating/generated-files.ts";
import { actionFolders, REPOSITORY } from "./repository.ts";

const { values } = parseArgs({ options: { check: { type: "boolean", default: false } } });

for (const folder of actionFolders()) {
  try {
    for (const file of (await generatedFiles(folder)).filter((file) => !isCurrent(file))) {
      const name = relative(REPOSITORY, file.path);
      if (values.check) fail(`${name} differs from its contract; run \`pnpm generate\`.`);
      else {
        writeFileSync(file.path, file.text);
        console.log(`wrote ${name}`);
      }
    }
  } catch (error) {
    fail((error as Error).message.replaceAll(`${REPOSITORY}/`, ""));
  }
}

function fail(sentence: string): void {
  console.error(sentence);
  process.exitCode = 1;
}
