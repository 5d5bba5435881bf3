import * as z from "zod";
import type { GitHub, RepositoryName } from "./client.ts";
import { labelName, nodes, page, repositoryReply } from "./repository-query.ts";

/** What is known of an issue without reading it. */
export type IssueMarks = {
  readonly number: number;
  /** In small letters. */
  readonly labels: readonly string[];
  /** ISO 8601; null while it is open. */
  readonly closedAt: string | null;
};

const MARKS = `query Marks($owner: String!, $repo: String!, $label: String!, $states: [IssueState!], $since: DateTime, $after: String) {
  repository(owner: $owner, name: $repo) {
    issues(first: 100, after: $after, labels: [$label], states: $states, filterBy: { since: $since }, orderBy: { field: UPDATED_AT, direction: DESC }) {
      pageInfo { hasNextPage endCursor }
      nodes { number closedAt labels(first: 30) { nodes { name } } }
    }
  }
}`;

const marksSchema = z.looseObject({
  number: z.number(),
  closedAt: z.string().nullable(),
  labels: nodes(z.looseObject({ name: labelName })),
});
const marksReply = repositoryReply({ issues: page(marksSchema) });

/**
 * Lists the issues of a state that carry a label, whatever their number.
 * @param asked.changedSince ISO 8601: only what changed since
 * @throws HttpFailure
 */
export async function listMarks(
  github: GitHub,
  name: RepositoryName,
  asked: { readonly label: string; readonly state: "OPEN" | "CLOSED"; readonly changedSince?: string },
): Promise<IssueMarks[]> {
  const { label, state, changedSince = null } = asked;
  const found: IssueMarks[] = [];
  let after: string | null = null;
  do {
    const variables: Record<string, unknown> = {
      ...name,
      label,
      states: [state],
      since: changedSince,
      after,
    };
    const { issues } = (await github.query(MARKS, variables, marksReply)).repository;
    found.push(...issues.nodes.map(toMarks));
    after = issues.pageInfo.hasNextPage ? issues.pageInfo.endCursor : null;
  } while (after !== null);
  return found;
}

const toMarks = ({ number, closedAt, labels }: z.output<typeof marksSchema>): IssueMarks => ({
  number,
  closedAt,
  labels: labels.nodes.map(({ name }) => name),
});
