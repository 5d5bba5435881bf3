import * as z from "zod";
import type { GitHub, RepositoryName } from "./client.ts";
import { readReply } from "./graphql.ts";
import { askFields, nodes, splitEvery } from "./repository-query.ts";

/** A pull request that refers to an issue, or was merged lately, as far as it may be somebody's fix. */
export type PullReference = {
  /** Node id. */
  readonly id: string;
  readonly number: number;
  /** owner/name of the repository that it is for. */
  readonly repository: string;
  readonly branch: string;
  /** Its branch is in a fork. */
  readonly isFork: boolean;
  /** Open, and not ready for review. */
  readonly isDraft: boolean;
  /** ISO 8601; null: not merged. */
  readonly mergedAt: string | null;
  readonly mergeCommit: string | null;
  /** It says that merging it closes the issue. */
  readonly closes: boolean;
};

/** A pull request that was merged lately, with what it says about itself. */
export type RecentMerge = PullReference & { readonly text: string };

const pullSchema = z.looseObject({
  id: z.string(),
  number: z.number(),
  repository: z.looseObject({ nameWithOwner: z.string() }),
  headRefName: z.string(),
  isCrossRepository: z.boolean(),
  state: z.enum(["OPEN", "CLOSED", "MERGED"]),
  isDraft: z.boolean(),
  mergedAt: z.string().nullable(),
  mergeCommit: z.looseObject({ oid: z.string() }).nullable(),
});
const PULL =
  "id number repository { nameWithOwner } headRefName isCrossRepository state isDraft mergedAt mergeCommit { oid }";

/** Fields that ask an issue for the last 50 pull requests and issues that mention it. */
export const REFERENCES = `pullRequestReferences: timelineItems(last: 50, itemTypes: [CROSS_REFERENCED_EVENT]) {
        nodes { ... on CrossReferencedEvent { willCloseTarget source { ... on PullRequest { ${PULL} } } } }
      }`;

/** The answer to `REFERENCES`; a source is empty where it is an issue, and null where the token may not see it. */
export const referencesSchema = nodes(
  z.looseObject({ willCloseTarget: z.boolean().optional(), source: z.unknown() }),
);

/** Empty where it is an issue. */
const sourceSchema = z.union([z.strictObject({}).transform(() => null), pullSchema]).nullable();

/** Fields that ask a repository for the 30 pull requests that were merged, or changed after it, last. */
export const RECENT_MERGES = `mergedPullRequests: pullRequests(states: [MERGED], first: 30, orderBy: { field: UPDATED_AT, direction: DESC }) {
      nodes { ${PULL} title body }
    }`;

/** The answer to `RECENT_MERGES`. */
export const recentMergesSchema = nodes(pullSchema.extend({ title: z.string(), body: z.string() }));

/** Reads the answer to `REFERENCES`. @throws HttpFailure where a part of a pull request is missing */
export function toReferences(found: z.output<typeof referencesSchema>): PullReference[] {
  return found.nodes.flatMap(({ source, willCloseTarget = false }) => {
    const pull = readReply(sourceSchema, source ?? null, "a pull request that refers to an issue");
    return pull === null ? [] : [toReference(pull, willCloseTarget)];
  });
}

/** Reads the answer to `RECENT_MERGES`. */
export function toRecentMerges(found: z.output<typeof recentMergesSchema>): RecentMerge[] {
  return found.nodes.map((pull) => ({ ...toReference(pull, false), text: `${pull.title}\n${pull.body}` }));
}

function toReference(pull: z.output<typeof pullSchema>, closes: boolean): PullReference {
  return {
    id: pull.id,
    number: pull.number,
    repository: pull.repository.nameWithOwner,
    branch: pull.headRefName,
    isFork: pull.isCrossRepository,
    isDraft: pull.isDraft && pull.state === "OPEN",
    mergedAt: pull.mergedAt,
    mergeCommit: pull.mergeCommit?.oid ?? null,
    closes,
  };
}

const PULLS_PER_QUERY = 50;
const textSchema = z.looseObject({ title: z.string(), body: z.string() });

/**
 * Reads title and body of pull requests, 50 a request; what does not exist is missing. Apart from the timeline,
 * because anybody may mention an issue in a text of 64 KB.
 */
export async function readPullTexts(
  github: GitHub,
  repository: RepositoryName,
  numbers: readonly number[],
): Promise<Map<number, string>> {
  const texts = new Map<number, string>();
  for (const batch of splitEvery(numbers, PULLS_PER_QUERY)) {
    const fields = batch.map((number) => `p${number}: pullRequest(number: ${number}) { title body }`);
    const found = await askFields(github, repository, { name: "PullTexts", fields });
    for (const number of batch) {
      const pull = textSchema.safeParse(found[`p${number}`]).data;
      if (pull) texts.set(number, `${pull.title}\n${pull.body}`);
    }
  }
  return texts;
}
