import * as z from "zod";
import { nodes, page } from "./repository-query.ts";

/** An open pull request, with what it says about itself and who says it. */
export type OpenPull = {
  readonly number: number;
  readonly url: string;
  readonly title: string;
  readonly body: string;
  readonly branch: string;
  /** Its branch is in a fork. */
  readonly isFork: boolean;
  /** `OWNER`, `MEMBER`, `COLLABORATOR`, `CONTRIBUTOR`, `NONE` and so on. */
  readonly association: string;
  readonly author: { readonly type: string; readonly login: string } | null;
  /** Issues of the same repository that merging it closes. */
  readonly closes: readonly number[];
};

/** Fields that ask a repository for a page of its open pull requests, newest first. */
export const OPEN_PULLS = `pullRequests(states: [OPEN], first: $pulls, after: $pullsAfter, orderBy: { field: CREATED_AT, direction: DESC }) {
      pageInfo { hasNextPage endCursor }
      nodes {
        number url title body headRefName isCrossRepository authorAssociation
        author { __typename login }
        closingIssuesReferences(first: 10) { nodes { number repository { nameWithOwner } } }
      }
    }`;

/** The answer to `OPEN_PULLS`. */
export const openPullsSchema = page(
  z.looseObject({
    number: z.number(),
    url: z.string(),
    title: z.string(),
    body: z.string(),
    headRefName: z.string(),
    isCrossRepository: z.boolean(),
    authorAssociation: z.string(),
    author: z.looseObject({ __typename: z.string(), login: z.string() }).nullable(),
    closingIssuesReferences: nodes(
      z.looseObject({ number: z.number(), repository: z.looseObject({ nameWithOwner: z.string() }) }),
    ).nullable(),
  }),
);

/** Reads the answer to `OPEN_PULLS` of a repository. */
export function toOpenPulls(found: z.output<typeof openPullsSchema>, fullName: string): OpenPull[] {
  const isHere = (other: string): boolean => other.toLowerCase() === fullName.toLowerCase();
  return found.nodes.map((pull) => ({
    number: pull.number,
    url: pull.url,
    title: pull.title,
    body: pull.body,
    branch: pull.headRefName,
    isFork: pull.isCrossRepository,
    association: pull.authorAssociation,
    author: pull.author && { type: pull.author.__typename, login: pull.author.login },
    closes: (pull.closingIssuesReferences?.nodes ?? []).flatMap(({ number, repository }) =>
      isHere(repository.nameWithOwner) ? [number] : [],
    ),
  }));
}
