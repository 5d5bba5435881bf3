import { type Incident, readLikeness } from "@patchpilot/incident";
import type { IntakeInputs } from "../contract.ts";
import type { Candidate } from "../facts.ts";
import { type Naming, nameSubject } from "./identify.ts";

/** An open incident that looks like this one and need not be the same error. */
export type AlikeIncident = {
  readonly issue: number;
  readonly url: string;
  /** Why they are not taken for one. */
  readonly difference: string;
};

/** What findAlike compares an incident with. */
export type Lookalike = {
  readonly issue: number;
  readonly url: string;
  readonly likeness: string | null | undefined;
  readonly project: string | null | undefined;
};

/** What a candidate is compared with by all others: named once, not by each. Pure. */
export function nameLookalike(candidate: Candidate, inputs: IntakeInputs): Lookalike {
  const { number: issue, url } = candidate.incident;
  const { error } = nameSubject(candidate, issue, inputs);
  return { issue, url, likeness: error?.likeness, project: error?.project };
}

/** Most that a comment and a record name. */
const MOST = 5;

/**
 * Finds the open incidents that look like a candidate: among the known ones, and among those that this run accepts, too. The
 * oldest come first. Pure.
 */
export function findAlike(
  { naming, issue }: { readonly naming: Naming; readonly issue: number },
  known: readonly Incident[],
  others: readonly Lookalike[],
): AlikeIncident[] {
  const { error } = naming;
  if (error === null) return [];
  const rivals = [
    ...known.flatMap(({ number, url, open, records }) => {
      const record = records.incident?.data;
      if (!open || record === undefined) return [];
      return [{ issue: number, url, likeness: readLikeness(record), project: record.sentry?.project }];
    }),
    ...others,
  ];
  const alike = rivals.filter((rival) => rival.issue !== issue && rival.likeness === error.likeness);
  return [...new Map(alike.map((rival) => [rival.issue, rival])).values()]
    .toSorted((a, b) => a.issue - b.issue)
    .slice(0, MOST)
    .map((rival) => ({
      issue: rival.issue,
      url: rival.url,
      difference: describeDifference(
        naming,
        rival.project != null && rival.project.toUpperCase() !== error.project,
      ),
    }));
}

function describeDifference({ error }: Naming, isElsewhere: boolean): string {
  if (isElsewhere) return "it is of another project in Sentry";
  return error?.fingerprint === null
    ? "no function of the stack has a name that distinguishes one error from another"
    : "causes, members of a group, or folders differ";
}
