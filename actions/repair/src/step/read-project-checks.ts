import {
  type BaseFiles,
  chooseParts,
  type Part,
  type PlacedCommand,
  type ProjectModel,
  placeCommand,
  readProjectModel,
  spellOutProject,
  splitCommands,
  writeSetup,
} from "@patchpilot/project";
import type { RepairInputs } from "../contract.ts";
import type { Vault } from "../patch/vault.ts";
import type { Recipe } from "../recipes/recipe.ts";
import { readBaseFiles } from "./read-base-files.ts";
import { readVariables } from "./read-variables.ts";
import type { ProjectCheck } from "./run-check.ts";
import type { Surroundings } from "./surroundings.ts";

/** The commands of the project, from the inputs or else from the base commit. */
export type ProjectChecks = {
  readonly setup: ProjectCheck | undefined;
  /** What must be green after a change, in this order. */
  readonly checks: readonly ProjectCheck[];
  /** Where they come from. */
  readonly model: ProjectModel;
  /** Parts that these commands are for. */
  readonly parts: readonly Part[];
  /** What every command finds: variables, those that hold a path in the folder of tools, and PATH's first folders there. */
  readonly surroundings: Surroundings;
  /** Languages of changed files that no test runs code of; known once the change is. */
  readonly untested: readonly string[];
  readonly tested: readonly string[];
  readonly recipe: Recipe | undefined;
  readonly token: string | undefined;
  readonly files: BaseFiles;
};

/** Only the setup command sees the token of the registry. */
export async function readProjectChecks(
  inputs: RepairInputs,
  vault: Vault,
  recipe: Recipe | undefined,
): Promise<ProjectChecks> {
  const files = readBaseFiles(vault);
  const given = { setup: inputs["setup-command"], test: inputs["test-command"] };
  const model = await readProjectModel(files, given);
  const base = { model, recipe, token: inputs["npm-token"], files, tested: [], untested: [] };
  const parts = pickFirst(model.parts);
  return makeChecks(base, parts, joinSurroundings(model.parts, readVariables(inputs.variables)));
}

/** Parts that are set up before the change is known: all of a few, and of many those at the top. */
const MOST_AT_ONCE = 4;

function pickFirst(parts: readonly Part[]): readonly Part[] {
  const top = parts.filter(({ folder }) => folder === "");
  return parts.length <= MOST_AT_ONCE || top.length === 0 ? parts.slice(0, 2 * MOST_AT_ONCE) : top;
}

type Base = Omit<ProjectChecks, "setup" | "checks" | "parts" | "surroundings">;

function makeChecks(base: Base, parts: readonly Part[], surroundings: Surroundings): ProjectChecks {
  const { recipe, token } = base;
  const written = writeSetup(parts);
  const env = token === undefined ? {} : { NPM_TOKEN: token, NODE_AUTH_TOKEN: token };
  // Each command is its own check, for agents that may run these alone, and for reports of tests.
  const tests = new Set(
    parts.flatMap((part) =>
      (part.test === undefined ? [] : isPersons(part) ? [part.test] : splitCommands(part.test)).map((test) =>
        placeCommand(part.folder, tellPlace({ ...part, test }, surroundings)),
      ),
    ),
  );
  return {
    ...base,
    parts,
    surroundings,
    setup: written && { name: "setup", ...written, env },
    checks: [
      ...[...tests].map((command) => ({ name: "test", command }) as const),
      ...(recipe?.check === undefined ? [] : [{ name: "recipe", command: recipe.check } as const]),
    ],
  };
}

const isPersons = ({ source }: Part): boolean => source === "test-command";

/** Two parts that need the same variable for different places: each says its own. */
function tellPlace({ test = "", places }: Part, { places: all }: Surroundings): string {
  const other = Object.entries(places.variables).filter(([name, place]) => all[name] !== place);
  if (other.length === 0) return test;
  const path = places.path.map((folder) => `$PATCHPILOT_TOOLS/${folder}:`).join("");
  return `export ${other.map(([name, place]) => `${name}="$PATCHPILOT_TOOLS/${place}"`).join(" ")} PATH="${path}$PATH"; ${test}`;
}

/** The first part's value counts; the input `variables` counts for more. */
const joinSurroundings = (parts: readonly Part[], given: Readonly<Record<string, string>>): Surroundings => {
  const outer = [...parts].reverse();
  return {
    variables: { ...Object.assign({}, ...outer.map(({ variables }) => variables)), ...given },
    places: Object.assign({}, ...outer.map(({ places }) => places.variables)),
    path: [...new Set(parts.flatMap(({ places }) => places.path))],
  };
};

/** The same project without some of its parts. */
export const keepParts = (project: ProjectChecks, isKept: (part: Part) => boolean): ProjectChecks =>
  makeChecks(
    { ...project, model: { ...project.model, parts: project.model.parts.filter(isKept) } },
    project.parts.filter(isKept),
    project.surroundings,
  );

/** What is set up and tested for a change of these files. */
export function chooseChecks(project: ProjectChecks, paths: readonly string[]): ProjectChecks {
  const { model, surroundings } = project;
  const { parts, tested, untested } = chooseParts(model.parts, paths);
  // Parts without tests set up what the given command needs.
  const setups = model.parts.filter(({ test, folder }) => test === undefined && folder === "");
  return makeChecks({ ...project, tested, untested }, [...setups, ...parts], surroundings);
}

/** Setup for a change as far as it was not done before the change was known. */
export function keepNewSetup(chosen: ProjectChecks, before: ProjectChecks): ProjectCheck | undefined {
  const late = chosen.parts.filter((part) => !before.parts.includes(part));
  return late.length === 0 ? undefined : makeChecks(chosen, late, chosen.surroundings).setup;
}

/** Every command that setting up and testing the base commit comes to. */
export function spellOutProjectCommands({ model, recipe, files }: ProjectChecks): Promise<string[]> {
  const commands = model.parts.flatMap(({ folder, setup, test }): PlacedCommand[] =>
    [setup, test].flatMap((command) => (command === undefined ? [] : [{ folder, command }])),
  );
  const own = recipe?.check === undefined ? [] : [{ folder: "", command: recipe.check }];
  return spellOutProject([...commands, ...own], files);
}

/** What ran, and what of the change nothing tests; undefined where everything is tested. */
export function describeUntested({ tested, untested }: ProjectChecks): string | undefined {
  if (untested.length === 0) return undefined;
  const ran = tested.length === 0 ? "tests ran, of other languages alone" : `tests ran: ${tested.join(", ")}`;
  return `${ran}; not tested: ${untested.join(", ")}.`;
}
