import * as z from "zod";
import type { GitHub, RepositoryName } from "./client.ts";
import type { MutationResult } from "./mutations.ts";
import { askInPortions, ONCE, type Portion } from "./portions.ts";
import { page, repositoryReply } from "./repository-query.ts";

/** An issue to be opened. */
export type IssueCreation = {
  readonly title: string;
  readonly body: string;
  /** Node ids of labels. */
  readonly labelIds: readonly string[];
};

export type CreatedIssue =
  | { readonly state: "done"; readonly number: number }
  | Exclude<MutationResult, { state: "done" }>;

const payload = z.looseObject({ issue: z.looseObject({ number: z.number() }) });

/** Opens issues, each on its own. One whose number cannot be read counts as unknown. */
export async function createIssues(
  github: GitHub,
  repositoryNodeId: string,
  issues: readonly IssueCreation[],
): Promise<CreatedIssue[]> {
  const results = await github.mutate(
    issues.map((issue) => ({
      field: "createIssue",
      input: { repositoryId: repositoryNodeId, ...issue },
      select: "issue { number }",
    })),
  );
  return results.map((result) => {
    if (result.state !== "done") return result;
    const number = payload.safeParse(result.data).data?.issue.number;
    return number === undefined
      ? { state: "unknown", message: "GitHub's answer does not name the issue." }
      : { state: "done", number };
  });
}

const AUTHORED = `query AuthoredIssues($owner: String!, $repo: String!, $labels: [String!], $since: DateTime, $first: Int!, $after: String) {
  repository(owner: $owner, name: $repo) {
    issues(first: $first, after: $after, labels: $labels, filterBy: { since: $since }, orderBy: { field: CREATED_AT, direction: DESC }) {
      pageInfo { hasNextPage endCursor }
      nodes { number body viewerDidAuthor }
    }
  }
}`;
const authoredReply = repositoryReply({
  issues: page(z.looseObject({ number: z.number(), body: z.string(), viewerDidAuthor: z.boolean() })),
});
const MOST_READ = 1_000;

/** Issues under a label that this token's account opened and that changed since a time: newest first, at most 1,000. */
export async function findAuthoredIssues(
  github: GitHub,
  repository: RepositoryName,
  search: { readonly label: string; readonly since: string },
): Promise<{ readonly number: number; readonly body: string }[]> {
  const found: { number: number; body: string }[] = [];
  let after: string | null = null;
  for (let read = 0; read < MOST_READ; ) {
    const ask = ({ size }: Portion) =>
      github.query(
        AUTHORED,
        { ...repository, labels: [search.label], since: search.since, first: size(100), after },
        authoredReply,
        ONCE,
      );
    const reply: z.output<typeof authoredReply> = await askInPortions(github, ask);
    const list = reply.repository.issues;
    for (const { number, body, viewerDidAuthor } of list.nodes)
      if (viewerDidAuthor) found.push({ number, body });
    if (!list.pageInfo.hasNextPage) return found;
    read += list.nodes.length;
    after = list.pageInfo.endCursor;
  }
  return found;
}
