import { findProjectCommands } from "@patchpilot/project";
import type { Inputs } from "../contract.ts";
import type { Vault } from "../patch/vault.ts";
import type { Recipe } from "../recipes/recipe.ts";
import type { Check } from "./run-check.ts";

/** The commands of the project, from the inputs or else from the base commit. */
export type ProjectChecks = { readonly setup: Check | undefined; readonly checks: readonly Check[] };

/** Only the setup command sees the token of the registry. */
export async function readProjectChecks(
  inputs: Inputs,
  vault: Vault,
  recipe: Recipe | undefined,
): Promise<ProjectChecks> {
  const given = { setup: inputs["setup-command"], test: inputs["test-command"] };
  // Who names a test command and no setup has a project that needs none, or one whose files say what it needs.
  const { setup, test } = await findProjectCommands(vault.names, (name) => readBaseFile(vault, name), given);
  const token = inputs["npm-token"];
  const env = token === undefined ? {} : { NPM_TOKEN: token, NODE_AUTH_TOKEN: token };
  return {
    setup: setup === undefined ? undefined : { name: "setup", command: setup, env },
    checks: [
      ...(test === undefined ? [] : [{ name: "test", command: test } as const]),
      ...(recipe?.check === undefined ? [] : [{ name: "recipe", command: recipe.check } as const]),
    ],
  };
}

/** Text of a file at the top of the base commit; undefined where there is none. */
export const readBaseFile = async (vault: Vault, name: string): Promise<string | undefined> =>
  vault.names.has(name)
    ? (await vault.git(["cat-file", "blob", `${vault.base}:${name}`])).toString("utf8")
    : undefined;
