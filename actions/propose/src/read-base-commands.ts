import {
  mayRunTests,
  openBaseFiles,
  type PlacedCommand,
  readProjectParts,
  spellOutProject,
} from "@patchpilot/project";
import type { ProposeInputs } from "./contract.ts";
import type { ProposePorts } from "./ports.ts";

/** The commands that `repair` was given, and the recipe that it worked by; undefined where nobody names them. */
export type GivenCommands = Pick<ProposeInputs, "setup-command" | "test-command" | "recipe">;

/** Most files of the base that are read for the commands; beyond them fewer are known. */
const MOST_FILES = 100;

/**
 * The commands that set up and test the base, spelt out, as far as a program of the patch may be one of them: where no
 * file of the patch may be such a program, nothing is read. `repair` reads them by the same rule.
 * @param tree of the base
 */
export async function readBaseCommands(
  paths: readonly string[],
  tree: string,
  given: GivenCommands,
  ports: Pick<ProposePorts, "listBlobs" | "readBlob">,
): Promise<string[]> {
  if (!paths.some(mayRunTests)) return [];
  const files = openBaseFiles(await ports.listBlobs(tree), ports.readBlob, MOST_FILES);
  const parts = await readProjectParts(files, {
    setup: given["setup-command"],
    test: given["test-command"],
  });
  const commands = parts.flatMap(({ folder, setup, test }): PlacedCommand[] =>
    [setup, test].flatMap((command) => (command === undefined ? [] : [{ folder, command }])),
  );
  // A recipe has a command of its own; which of its words that is does not matter here, where nothing is run.
  const recipe =
    given.recipe === undefined
      ? undefined
      : await files.read(`.patchpilot/recipes/${given.recipe}/recipe.yml`);
  return spellOutProject(
    [...commands, ...(recipe === undefined ? [] : [{ folder: "", command: recipe }])],
    files,
  );
}
