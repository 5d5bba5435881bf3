import type { GitHub, RepositoryName } from "./client.ts";
import type { Extras, IncidentSearch, IssuePage } from "./issue-page.ts";
import { searchIssues } from "./issue-search.ts";
import { readNumbers } from "./issues-by-number.ts";

/**
 * Reads issues whole, up to 50 a request. A search finds those that carry one of the labels, and those that
 * changed since a time whatever their labels: a lost label is a change, so such an issue is found all the same.
 */
export async function readIssues(
  github: GitHub,
  repository: RepositoryName,
  search: IncidentSearch,
  extras: Extras = {},
): Promise<IssuePage> {
  return "numbers" in search
    ? readNumbers(github, repository, search.numbers, extras)
    : searchIssues(github, repository, search, extras);
}

/** Numbers and labels of one page of open incidents, by number, for looking at all of them in turn. */
export async function listLabels(
  github: GitHub,
  name: RepositoryName,
  page: number,
): Promise<{ readonly number: number; readonly labels: readonly string[] }[]> {
  const reply = await github.request("GET /repos/{owner}/{repo}/issues", {
    ...name,
    labels: "patchpilot",
    state: "open",
    sort: "created",
    direction: "asc",
    per_page: 100,
    page,
  });
  return reply.data
    .filter((issue) => issue.pull_request === undefined)
    .map((issue) => ({
      number: issue.number,
      labels: issue.labels.map((label) => (typeof label === "string" ? label : (label.name ?? ""))),
    }));
}
