import type { Incident, IncidentRecord } from "@patchpilot/incident";
import type { IntakeInputs } from "../contract.ts";
import type { Gathered, IntakeSubject, TogetherIssue } from "../facts.ts";
import { arrangeKnown, findDuplicate } from "./dedupe.ts";
import { type Naming, nameSubject } from "./identify.ts";

/** What of Sentry's list is the same error as something else. */
export type Together = {
  /** The subjects that get an issue, each with what is put together with it. */
  readonly subjects: readonly (IntakeSubject & Gathered)[];
  /** By number of the incident that is known already. */
  readonly joined: ReadonlyMap<number, readonly TogetherIssue[]>;
};

/**
 * Puts Sentry's issues that are one error together: with the incident that has it, else with the one of this run. Pure.
 * @param repeats what passed every filter and repeats something
 */
export function putTogether(
  chosen: readonly IntakeSubject[],
  repeats: readonly IntakeSubject[],
  known: readonly Incident[],
  inputs: IntakeInputs,
): Together {
  const arranged = arrangeKnown(known);
  const named = repeats.map((subject) => ({ subject, naming: nameSubject(subject, 0, inputs) }));
  const joined = new Map<number, TogetherIssue[]>();
  const inRun = named.filter(({ subject, naming }) => {
    const incident = findDuplicate(naming, 0, arranged);
    if (incident !== undefined)
      joined.set(incident.number, [...(joined.get(incident.number) ?? []), ...toIssue(subject)]);
    return incident === undefined;
  });
  const subjects = chosen.map((subject) => {
    const own = nameSubject(subject, 0, inputs);
    const together = inRun.filter(({ naming }) => isSame(own, naming)).flatMap((one) => toIssue(one.subject));
    return together.length === 0 ? subject : { ...subject, together };
  });
  return { subjects, joined };
}

const isSame = (one: Naming, other: Naming): boolean => one.fingerprint === other.fingerprint;

const toIssue = ({ recognised: { link } }: IntakeSubject): TogetherIssue[] =>
  link === null ? [] : [{ issueId: link.issueId ?? "", shortId: link.shortId, url: link.url }];

/** Most that a record keeps: it has little room. */
const MOST = 20;

/** What a record keeps of it; undefined for nothing. */
export function keepTogether(
  before: IncidentRecord["together"],
  more: readonly TogetherIssue[],
): IncidentRecord["together"] {
  const all = [...(before ?? []), ...more.map(({ issueId, shortId }) => ({ issueId, shortId }))];
  const kept = [...new Map(all.map((one) => [one.issueId, one])).values()].slice(0, MOST);
  return kept.length === 0 ? undefined : kept;
}
