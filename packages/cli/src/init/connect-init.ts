import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { checkDesk, checkTable, nameVariable } from "@patchpilot/checks";
import {
  type GitHub,
  listSettingNames,
  type RepositoryName,
  readBranchHead,
  readFile,
  readVariable,
  readVisibility,
  type SettingKind,
  writeVariable,
} from "@patchpilot/github";
import { HttpFailure } from "@patchpilot/http";
import { setSecret } from "../gh/call-gh.ts";
import type { OpenedPlace } from "../place/place.ts";
import type { Answerer } from "./ask.ts";
import { SETUP_PATHS } from "./decide-setup.ts";
import type { SetupFacts } from "./facts.ts";
import { findHints, HINT_FILES } from "./find-hints.ts";
import type { InitPorts } from "./ports.ts";
import { proposeFiles } from "./propose-files.ts";
import { VARIABLE_OPTIONS } from "./settings.ts";

/** Builds the ports of `init`. Asks nothing yet. */
export function connectInit(
  place: OpenedPlace,
  person: Answerer | undefined,
  say: (text: string) => void,
): InitPorts {
  const { github, repository, fullName, checkout } = place;
  return {
    readHints: async () => findHints(readHere(checkout)),
    readFacts: () => readFacts(place),
    ...(person && { person }),
    makeKey: () => randomBytes(32).toString("hex"),
    setSecret: (name, value) => setSecret(fullName, name, value),
    setVariable: (variable) => setOrChange(github, repository, variable),
    check: () => checkRest(place),
    propose: (onboarding) => proposeFiles(place, onboarding),
    say,
  };
}

function readHere(checkout: string): Record<string, string> {
  const found = HINT_FILES.flatMap((path) => {
    try {
      return [[path, readFileSync(join(checkout, path), "utf8")] as const];
    } catch {
      return [];
    }
  });
  return Object.fromEntries(found);
}

async function readFacts({ github, repository }: OpenedPlace): Promise<SetupFacts> {
  const visibility = await readVisibility(github, repository);
  const { branch } = await readBranchHead(github, repository);
  const files: Record<string, string> = {};
  for (const path of SETUP_PATHS) {
    const text = await readFile(github, repository, path);
    if (text !== undefined) files[path] = text;
  }
  return {
    visibility,
    defaultBranch: branch,
    files,
    variables: await readIfAllowed(() => readVariables(github, repository)),
    secrets: await readIfAllowed(() => listOwn(github, repository, "secrets")),
  };
}

const listOwn = (github: GitHub, repository: RepositoryName, kind: SettingKind): Promise<string[]> =>
  listSettingNames(github, repository, { kind, place: "repository" });

async function readVariables(github: GitHub, repository: RepositoryName): Promise<Record<string, string>> {
  const names = await listOwn(github, repository, "variables");
  const values: Record<string, string> = {};
  for (const { variable } of VARIABLE_OPTIONS.filter((option) => names.includes(option.variable))) {
    const value = await readVariable(github, repository, variable);
    if (value !== undefined) values[variable] = value;
  }
  return values;
}

/** undefined where your token may not read it. */
async function readIfAllowed<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof HttpFailure && ["forbidden", "not-found"].includes(error.kind)) return undefined;
    throw error;
  }
}

/** What your token may not read counts as new; GitHub refuses to make what exists, and then it is changed. */
async function setOrChange(
  github: GitHub,
  repository: RepositoryName,
  { name, value, isNew }: { readonly name: string; readonly value: string; readonly isNew: boolean },
): Promise<void> {
  try {
    await writeVariable(github, repository, { name, value, isNew });
  } catch (error) {
    if (!(isNew && error instanceof HttpFailure && error.status === 409)) throw error;
    await writeVariable(github, repository, { name, value, isNew: false });
  }
}

/** Rows about files that are not on the default branch yet. */
const BROUGHT = new Set(["Workflows", "Repair workflow", "Schedule", "Names that nothing reads"]);

async function checkRest(place: OpenedPlace): Promise<string> {
  const checks = await checkDesk({ "server-url": place.serverUrl }, place);
  return checkTable(
    checks.filter(({ name }) => !BROUGHT.has(name)),
    nameVariable,
  );
}
