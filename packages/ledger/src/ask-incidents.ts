import {
  askIssues,
  type GitHub,
  type IssueQuestion,
  type OpenPull,
  type RepositoryName,
} from "@patchpilot/github";
import type { Incident } from "@patchpilot/incident";
import type { Belief } from "./belief.ts";
import { type Ledger, readAllWhole } from "./read-incidents.ts";
import { toIncident } from "./to-incident.ts";

/** What one question about issues answers. */
export type IncidentAnswer = {
  readonly ledger: Ledger;
  /** Those of the numbers that exist. */
  readonly numbered: readonly Incident[];
  /** One for each list that was asked for, in order. */
  readonly lists: readonly {
    readonly incidents: readonly Incident[];
    /** Where the next page begins; null: this was the last. */
    readonly next: string | null;
  }[];
  readonly openPulls: readonly OpenPull[];
};

/** Reads incidents by number and pages of lists in one request. Of a lean list, nothing that is hidden is asked for. */
export async function askIncidents(
  github: GitHub,
  name: RepositoryName,
  question: IssueQuestion,
  belief: (repositoryId: number) => Belief,
): Promise<IncidentAnswer> {
  const { repository, numbered, lists, openPulls } = await askIssues(github, name, question);
  const believed = belief(repository.databaseId);
  const ledger = { repository, belief: believed, incidents: [], refs: new Map() };
  const whole = await readAllWhole(github, name, numbered, believed);
  const pages: IncidentAnswer["lists"][number][] = [];
  for (const [index, { issues, next }] of lists.entries())
    pages.push({
      next,
      incidents: question.lists?.[index]?.lean
        ? issues.map((issue) => toIncident(issue, believed))
        : await readAllWhole(github, name, issues, believed),
    });
  return { ledger, numbered: whole, lists: pages, openPulls };
}
