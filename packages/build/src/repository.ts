import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder that holds `packages` and `actions`. */
export const REPOSITORY = fileURLToPath(new URL("../../../", import.meta.url)).replace(/\/$/, "");

/** A copy without the rig still builds and passes its tests; numbers of the whole repository are not its. */
export const HAS_RIG = existsSync(join(REPOSITORY, "packages", "rig"));

/** Absolute folders of the actions that have a contract, sorted by name. */
export function actionFolders(repository = REPOSITORY): string[] {
  const actions = join(repository, "actions");
  return readdirSync(actions)
    .sort()
    .map((name) => join(actions, name))
    .filter((folder) => existsSync(join(folder, "src", "contract.ts")));
}

/** Those that ask GitHub; `repair` asks nobody. */
export const askingFolders = (): string[] =>
  actionFolders().filter((folder) =>
    /^ {2}github-token:$/m.test(readFileSync(join(folder, "action.yml"), "utf8")),
  );
