import * as z from "zod";
import { headSchema, labelName, nodes } from "./repository-query.ts";

/** What every action needs to know of the repository that holds the incidents. */
export type GitHubRepository = {
  readonly id: string;
  readonly databaseId: number;
  readonly nameWithOwner: string;
  readonly url: string;
  /** Node ids of our labels by name in small letters; a label that is missing here does not exist. */
  readonly labelIds: ReadonlyMap<string, string>;
};

/** Selection of a repository. */
export const REPOSITORY_FIELDS = `id databaseId nameWithOwner url labels(first: 100, query: "patchpilot") { nodes { id name } }`;

const count = z.looseObject({ totalCount: z.number() });
const claimSchema = z.looseObject({ message: z.string().optional(), committedDate: z.string().optional() });
const dispatchFacts = {
  defaultBranchRef: headSchema.nullish(),
  working: count.optional(),
  proposed: count.optional(),
  requeued: count.optional(),
  verifying: count.optional(),
  recentClaims: count
    .extend({
      nodes: z.array(z.looseObject({ name: z.string(), target: claimSchema.nullable() })),
    })
    .nullish(),
};
/** Selection of what `dispatch` needs. GitHub promises an order by date for tags alone, so it is only asked for. */
export const DISPATCH_FACTS = `defaultBranchRef { name target { oid ... on Commit { tree { oid } } } }
    working: issues(labels: ["patchpilot:working"], states: [OPEN]) { totalCount }
    proposed: issues(labels: ["patchpilot:proposed"], states: [OPEN]) { totalCount }
    requeued: issues(labels: ["patchpilot:requeued"], states: [OPEN]) { totalCount }
    verifying: issues(labels: ["patchpilot:verifying"], states: [OPEN]) { totalCount }
    recentClaims: refs(refPrefix: "refs/patchpilot/claims/", first: 100, orderBy: { field: TAG_COMMIT_DATE, direction: DESC }) {
      totalCount
      nodes { name target { ... on Commit { message committedDate } } }
    }`;

export const repositorySchema = z.looseObject({
  id: z.string(),
  databaseId: z.number(),
  nameWithOwner: z.string(),
  url: z.string(),
  labels: nodes(z.looseObject({ id: z.string(), name: labelName })),
  ...dispatchFacts,
});

/** What `dispatch` needs beside the issues, read in the same request. */
export type RecentDispatches = {
  /** Head of the default branch; absent in an empty repository. */
  readonly head?: { readonly branch: string; readonly oid: string; readonly tree: string };
  /** Attempts in flight, by their labels. */
  readonly inFlight: number;
  /** Incidents between their first attempt and their end, by their labels: those in flight among them. */
  readonly underWay: number;
  /** At most 100 claims with the time of their last change. */
  readonly recentClaims: readonly { readonly name: string; readonly message: string; readonly at: string }[];
  /** Whether these are all claims there are; else newer ones may be missing. */
  readonly hasAllClaims: boolean;
};

export const toRepository = (found: z.output<typeof repositorySchema>): GitHubRepository => ({
  id: found.id,
  databaseId: found.databaseId,
  nameWithOwner: found.nameWithOwner,
  url: found.url,
  labelIds: new Map(found.labels.nodes.map(({ id, name }) => [name, id])),
});

/** A repository as it was read. */
export type FoundRepository = z.output<typeof repositorySchema>;

/** What a reply says of dispatching; undefined where that was not asked for. */
export function toRecentDispatches(found: FoundRepository): RecentDispatches | undefined {
  const { defaultBranchRef: head, working, proposed, requeued, verifying, recentClaims } = found;
  if (working === undefined) return undefined;
  const inFlight = working.totalCount + (proposed?.totalCount ?? 0);
  return {
    ...(head?.target
      ? { head: { branch: head.name, oid: head.target.oid, tree: head.target.tree.oid } }
      : {}),
    inFlight,
    underWay: inFlight + (requeued?.totalCount ?? 0) + (verifying?.totalCount ?? 0),
    recentClaims: (recentClaims?.nodes ?? []).map(({ name, target }) => ({
      name,
      message: target?.message ?? "",
      at: target?.committedDate ?? "",
    })),
    hasAllClaims: (recentClaims?.totalCount ?? 0) <= (recentClaims?.nodes.length ?? 0),
  };
}
