import { createTwoFilesPatch } from "diff";
import type { FilePlan, SecretPlan, Setup, VariablePlan } from "./decide-setup.ts";
import { KEY_SECRET } from "./secret-names.ts";

const FILE = { new: "new", same: "as it is", differs: "changed" } as const;
const VARIABLE = { new: "new", same: "as it is", differs: "changed", unknown: "set" } as const;
const SECRET = {
  new: "new",
  replaced: "replaced",
  kept: "as it is",
  absent: "not set: you have to set it",
} as const;

/** The whole set-up, a line for each part. No value of a secret is in it. */
export function describePlan({ files, variables, secrets }: Setup): string {
  return [
    ...files.map(({ path, state }) => `file      ${path} (${FILE[state]})`),
    ...variables.map(({ name, value, state }) => `variable  ${name}=${value} (${VARIABLE[state]})`),
    ...secrets.map(({ name, state }) => `secret    ${name} (${SECRET[state]})`),
  ].join("\n");
}

/** What would change in a file that is there already, as a unified diff. */
export const showDiff = ({ path, before = "", text }: FilePlan): string =>
  createTwoFilesPatch(path, path, before, text, "on the default branch", "proposed");

/** Commands that set by hand what could not be set, or what no value was given for. */
export function listCommands(
  repository: string,
  variables: readonly VariablePlan[],
  secrets: readonly SecretPlan[],
): string[] {
  return [
    ...variables.map(
      ({ name, value }) => `gh variable set ${name} --body ${quote(value)} --repo ${repository}`,
    ),
    ...secrets.map(({ name }) =>
      name === KEY_SECRET
        ? `openssl rand -hex 32 | gh secret set ${name} --repo ${repository}`
        : `gh secret set ${name} --repo ${repository}`,
    ),
  ];
}

const quote = (value: string): string =>
  /^[\w@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`;
