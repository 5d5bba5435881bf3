import { editsBetween } from "@patchpilot/action-kit/settings";
import type { NamesPlace, SettingKind } from "@patchpilot/github";
import type { Refused } from "../asking.ts";
import type { Asked } from "../check.ts";
import { KNOWN_SECRETS, KNOWN_VARIABLES } from "../known-names.ts";
import type { DeskFacts, NameList } from "./facts.ts";
import type { Audience } from "./judge-hidden.ts";
import { type NameRead, usesPatchPilot } from "./parse-workflow.ts";

/** Whether a secret or variable is set. `hidden`: it is in no list that was seen, and one was not. */
export type NameState =
  | { readonly state: "set"; readonly place: NamesPlace; readonly asked: Asked }
  | { readonly state: "absent"; readonly asked: readonly string[] }
  | { readonly state: "hidden"; readonly refusal: Refused };

/** Looks a name up in every list of its kind. */
export function findName(lists: readonly NameList[], { kind, name }: NameRead): NameState {
  const ofKind = lists.filter((list) => list.kind === kind);
  for (const { place, names } of ofKind)
    if (names.state === "answered" && names.value.includes(name))
      return { state: "set", place, asked: names.asked };
  const refusal = ofKind.map(({ names }) => names).find((names) => names.state === "refused");
  if (refusal !== undefined) return { state: "hidden", refusal };
  return { state: "absent", asked: ofKind.flatMap(({ names }) => names.asked) };
}

export const OTHER_KIND = { secrets: "variables", variables: "secrets" } as const;

/** Whether it is set, but as the other kind, which the workflow does not read. */
export const isSwapped = (lists: readonly NameList[], { kind, name }: NameRead): boolean =>
  findName(lists, { kind: OTHER_KIND[kind], name }).state === "set";

/** The names of the README's workflow, by their kind. */
const KNOWN: Readonly<Record<SettingKind, readonly string[]>> = {
  secrets: Object.values(KNOWN_SECRETS),
  variables: Object.values(KNOWN_VARIABLES),
};

/** The names of the README's workflow, as it would read them. */
export const KNOWN_READS: readonly NameRead[] = (["secrets", "variables"] as const).flatMap((kind) =>
  KNOWN[kind].map((name) => ({ kind, name })),
);

/** The known names that a name looks like; none if it is one. */
export function findLikeness({ kind, name }: NameRead): readonly string[] {
  if (KNOWN.secrets.includes(name) || KNOWN.variables.includes(name)) return [];
  return KNOWN[kind].filter((known) => looksLike(name, known));
}

/** The names of a kind that are set for this repository alone: those of an organization serve others, too. */
export const listOwnNames = (lists: readonly NameList[], kind: SettingKind): readonly string[] => [
  ...new Set(
    lists
      .filter((list) => list.kind === kind && list.place !== "organization")
      .flatMap(({ names }) => (names.state === "answered" ? names.value : [])),
  ),
];

/** Who sees the names of secrets and variables, and where. */
export const seeNames = (server: string, { place }: DeskFacts): Audience => ({
  rights: "write access",
  permission: "Secrets: read` and `Variables: read",
  look: `${server}/${place.owner}/${place.repo}/settings/secrets/actions`,
});

/** PatchPilot's workflows, as far as they were seen. */
export const listOurs = ({ workflows }: DeskFacts) =>
  workflows.state === "answered" ? workflows.value.filter(usesPatchPilot) : [];

/** Whether an environment that nobody can name from here may set what is set nowhere else. */
export const mayBeElsewhere = (facts: DeskFacts): boolean =>
  listOurs(facts).some(({ computesEnvironment }) => computesEnvironment);

/** Most edits by which a misspelt name differs. */
const MOST_SLIPS = 2;

/** With letters more, less, other or swapped, with further words (`SENTRY_AUTH_TOKEN`), or without `PATCHPILOT_`. */
function looksLike(name: string, known: string): boolean {
  const words = name.split("_");
  return (
    known === `PATCHPILOT_${name}` ||
    known.split("_").every((word) => words.includes(word)) ||
    editsBetween(name.replaceAll("_", ""), known.replaceAll("_", "")) <= MOST_SLIPS
  );
}
