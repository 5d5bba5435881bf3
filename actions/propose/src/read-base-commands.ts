import type { GitTreeEntry } from "@patchpilot/github";
import { findProjectCommands, mayRunTests, PROJECT_FILES, spellOutProject } from "@patchpilot/project";
import type { ProposeInputs } from "./contract.ts";
import type { ProposePorts } from "./ports.ts";

/** The commands that `repair` was given, and the recipe that it worked by; undefined where nobody names them. */
export type GivenCommands = Pick<ProposeInputs, "setup-command" | "test-command" | "recipe">;

const recipePath = (name: string): string => `.patchpilot/recipes/${name}/recipe.yml`;

/**
 * Files of the base that say which programs test it, beside those of a patch. None where no file of the patch may be
 * such a program: then nothing more is read.
 */
export const filesThatName = (paths: readonly string[], { recipe }: GivenCommands): string[] =>
  paths.some(mayRunTests) ? [...PROJECT_FILES, ...(recipe === undefined ? [] : [recipePath(recipe)])] : [];

/**
 * The commands that set up and test the base, spelt out, as far as a program of the patch may be one of them. Each
 * file is read once, at most ten of them.
 * @param base what the base has, of the paths of the patch and of those that `filesThatName` tells
 */
export async function readBaseCommands(
  paths: readonly string[],
  base: ReadonlyMap<string, GitTreeEntry>,
  given: GivenCommands,
  ports: Pick<ProposePorts, "readBlob">,
): Promise<string[]> {
  if (!paths.some(mayRunTests)) return [];
  const texts = new Map<string, Promise<string>>();
  const read = async (path: string): Promise<string | undefined> => {
    const entry = base.get(path);
    if (entry?.type !== "blob") return undefined;
    const text = texts.get(path) ?? ports.readBlob(entry.oid).then((content) => content.toString("utf8"));
    texts.set(path, text);
    return text;
  };
  const names = new Set(PROJECT_FILES.filter((name) => base.has(name)));
  const { setup, test } = await findProjectCommands(names, read, {
    setup: given["setup-command"],
    test: given["test-command"],
  });
  // A recipe has a command of its own; which of its words that is does not matter here, where nothing is run.
  const recipe = given.recipe === undefined ? undefined : await read(recipePath(given.recipe));
  const commands = [setup, test, recipe].filter((command) => command !== undefined);
  return spellOutProject(commands, names, read);
}
