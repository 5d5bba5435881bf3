import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { RecipeFiles } from "./recipe.ts";

/** Runs git, and answers what it printed; throws where it fails. */
export type Git = (args: readonly string[]) => Promise<string>;

/**
 * Recipes beside action.yml, wherever this code runs from: `src`, `lib` or the bundle in `dist`.
 * @param from a folder of the action; of a module, its `import.meta.dirname`
 */
export function shippedFiles(from: string = import.meta.dirname): RecipeFiles["shipped"] {
  const folder = join(actionFolder(from), "recipes");
  return async (path) => {
    const file = join(folder, path);
    return existsSync(file) ? readFile(file, "utf8") : undefined;
  };
}

function actionFolder(from: string): string {
  if (existsSync(join(from, "recipes", "task", "recipe.yml"))) return from;
  const above = dirname(from);
  if (above === from)
    throw new Error("The recipes that belong to this action are missing: its release is incomplete.");
  return actionFolder(above);
}

/**
 * Files of one commit, straight from the git objects: what anybody did to the work tree does not matter. A link or a
 * folder in the place of a file counts as none.
 * @param git with the `--git-dir` that nothing of the repository's code could reach
 * @param commit full name of a commit
 */
export function committedFiles(git: Git, commit: string): RecipeFiles["committed"] {
  return async (path) => {
    const [entry = ""] = (await git(["ls-tree", "-z", "--full-tree", commit, "--", path])).split("\0");
    const blob = /^100(?:644|755) blob ([0-9a-f]{40,64})\t/.exec(entry)?.[1];
    return blob === undefined ? undefined : git(["cat-file", "blob", blob]);
  };
}
