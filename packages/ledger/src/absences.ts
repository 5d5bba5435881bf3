import { type GitHub, type RepositoryName, readIssueKind } from "@patchpilot/github";
import type { Incident } from "@patchpilot/incident";
import { nameAction } from "@patchpilot/owner";

/** What a number names, where a run expects an incident. */
export type Found = Incident | "pull-request" | undefined;

/** Why a number names no incident, and what would make it one; undefined: it names one. Pure. */
export function explainAbsence(number: number, found: Found): string | undefined {
  if (found === undefined)
    return `#${number} does not exist, or this token cannot read it: check \`issues\` and \`repository\`.`;
  if (found === "pull-request") return `#${number} is a pull request: name the issue of an incident.`;
  const { incident, newerVersion, rejected } = found.records;
  if (incident !== undefined) return undefined;
  if (newerVersion !== undefined)
    return `#${number} has records of a newer PatchPilot (version ${newerVersion}): upgrade this action.`;
  const [first] = rejected;
  if (first !== undefined)
    return `#${number} has a record that does not count: ${first.reason}. ${remedyFor(first.reason)}`;
  return `#${number} has no PatchPilot record. \`${nameAction("intake")}\` writes one: run it before this action, or label the issue \`patchpilot:take-on\` if a workflow here runs intake.`;
}

function remedyFor(reason: string): string {
  if (reason.includes("`state-key`"))
    return "Pass the key of the workflow that wrote it; while rotating, both, comma-separated.";
  return reason.includes("account")
    ? "If that account is yours, name it in `trusted-authors`."
    : "Close the issue and have intake accept a new one.";
}

/** Numbers that are asked for one by one; more than that are no slip. */
const MOST_ASKED = 20;

/**
 * A sentence on each named number that is no incident.
 * @param incidents what reading these numbers found; GitHub is asked about the others alone
 */
export async function readAbsences(
  github: GitHub,
  name: RepositoryName,
  numbers: readonly number[],
  incidents: readonly Incident[],
): Promise<string[]> {
  const byNumber = new Map<number, Found>(incidents.map((incident) => [incident.number, incident]));
  const unknown = numbers.filter((number) => !byNumber.has(number));
  for (const number of unknown.slice(0, MOST_ASKED))
    if ((await readIssueKind(github, name, number)) === "pull-request") byNumber.set(number, "pull-request");
  return numbers.flatMap((number) => explainAbsence(number, byNumber.get(number)) ?? []);
}
