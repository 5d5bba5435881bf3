import type { Vault } from "../patch/vault.ts";
import { readRecipe } from "../recipes/read-recipe.ts";
import type { Recipe } from "../recipes/recipe.ts";
import { committedFiles, shippedFiles } from "../recipes/recipe-files.ts";

/** Reads a recipe of the base commit or of this action; git is asked only where the commit has recipes at all. */
export function readBaseRecipe(name: string, vault: Vault): Promise<Recipe> {
  const git = async (args: readonly string[]) => (await vault.git(args)).toString("utf8");
  const committed = vault.names.has(".patchpilot") ? committedFiles(git, vault.base) : async () => undefined;
  return readRecipe(name, { shipped: shippedFiles(), committed });
}
