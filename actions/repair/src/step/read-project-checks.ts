import { findProjectCommands, spellOutProject } from "@patchpilot/project";
import type { RepairInputs } from "../contract.ts";
import type { Vault } from "../patch/vault.ts";
import type { Recipe } from "../recipes/recipe.ts";
import type { ProjectCheck } from "./run-check.ts";

/** The commands of the project, from the inputs or else from the base commit. */
export type ProjectChecks = {
  readonly setup: ProjectCheck | undefined;
  /** What must be green after a change, in this order. */
  readonly checks: readonly ProjectCheck[];
};

/** Only the setup command sees the token of the registry. */
export async function readProjectChecks(
  inputs: RepairInputs,
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

/** Every command that setting up and testing the base commit comes to. */
export function spellOutProjectCommands({ setup, checks }: ProjectChecks, vault: Vault): Promise<string[]> {
  const commands = [setup, ...checks].flatMap((check) => check?.command ?? []);
  return spellOutProject(commands, vault.names, (name) => readBaseFile(vault, name));
}

/** Text of the base commit's package.json. */
export const readManifest = (vault: Vault): Promise<string | undefined> =>
  readBaseFile(vault, "package.json");

/** Text of a file at the top of the base commit; undefined where there is none. */
const readBaseFile = async (vault: Vault, name: string): Promise<string | undefined> =>
  vault.names.has(name)
    ? (await vault.git(["cat-file", "blob", `${vault.base}:${name}`])).toString("utf8")
    : undefined;
