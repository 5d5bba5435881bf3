import { HttpFailure } from "@patchpilot/http";
import * as z from "zod";
import type { GitHub, RepositoryName } from "./client.ts";
import { readReply } from "./graphql.ts";

/** A pull request to be opened from a branch of the same repository. */
export type PullRequestDraft = {
  readonly title: string;
  readonly body: string;
  readonly branch: string;
  readonly base: string;
  readonly draft: boolean;
};

export type OpenedPullRequest = {
  readonly number: number;
  readonly url: string;
  readonly draft: boolean;
  /** Login of who opened it; absent: it was found. */
  readonly author?: string;
};

const openedSchema = z.object({
  number: z.number(),
  html_url: z.string(),
  draft: z.boolean().optional(),
  user: z.object({ login: z.string() }).nullish(),
});

/**
 * Opens a pull request. Where the repository has no drafts (private repositories of some plans) it is opened
 * without; GitHub answers 422 to a draft there.
 * @throws HttpFailure
 */
export async function openPullRequest(
  github: GitHub,
  repository: RepositoryName,
  draft: PullRequestDraft,
): Promise<OpenedPullRequest> {
  try {
    return await postPullRequest(github, repository, draft);
  } catch (error) {
    if (!draft.draft || !isDraftless(error)) throw error;
    return postPullRequest(github, repository, { ...draft, draft: false });
  }
}

/** Any other refusal may pass at the second try, and a pull request that was meant as a draft would be ready. */
const isDraftless = (error: unknown): boolean =>
  error instanceof HttpFailure && error.status === 422 && /draft/i.test(error.detail ?? "");

async function postPullRequest(
  github: GitHub,
  repository: RepositoryName,
  { title, body, branch, base, draft }: PullRequestDraft,
): Promise<OpenedPullRequest> {
  const reply = await github.request("POST /repos/{owner}/{repo}/pulls", {
    ...repository,
    title,
    body,
    head: branch,
    base,
    draft,
  });
  const opened = readReply(openedSchema, reply.data, "POST a pull request");
  const { number, html_url: url, user } = opened;
  return { number, url, draft: opened.draft ?? draft, ...(user ? { author: user.login } : {}) };
}

/** Puts labels on a pull request. A label that does not exist yet is made by GitHub. */
export async function labelPull(
  github: GitHub,
  repository: RepositoryName,
  number: number,
  labels: readonly string[],
): Promise<void> {
  await github.request("POST /repos/{owner}/{repo}/issues/{issue_number}/labels", {
    ...repository,
    issue_number: number,
    labels: [...labels],
  });
}

/** Asks people, and teams written as `org/team`, for a review. */
export async function askForReview(
  github: GitHub,
  repository: RepositoryName,
  number: number,
  reviewers: readonly string[],
): Promise<void> {
  await github.request("POST /repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers", {
    ...repository,
    pull_number: number,
    reviewers: reviewers.filter((name) => !name.includes("/")),
    team_reviewers: reviewers.filter((name) => name.includes("/")).map((name) => name.split("/")[1] ?? name),
  });
}

/** Comments on a pull request. */
export async function commentOnPull(
  github: GitHub,
  repository: RepositoryName,
  number: number,
  body: string,
): Promise<void> {
  await github.request("POST /repos/{owner}/{repo}/issues/{issue_number}/comments", {
    ...repository,
    issue_number: number,
    body,
  });
}
