import * as z from "zod";
import type { GitHub, RepositoryName } from "./client.ts";
import { readReply } from "./graphql.ts";
import type { Extras, IncidentSearch, IssuePage } from "./issue-page.ts";
import { searchIssues } from "./issue-search.ts";
import { readNumbers } from "./issues-by-number.ts";
import { labelName } from "./repository-query.ts";

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

/** Issues under a label, by number, for looking at all of them in turn. */
export type LabelPage = {
  readonly label: string;
  readonly state: "open" | "closed";
  /** ISO 8601: only what changed since. */
  readonly since?: string;
  /** From 1. */
  readonly page: number;
  /** Issues on a page, at most 100. */
  readonly size: number;
};

const briefSchema = z.array(
  z.object({
    number: z.number(),
    pull_request: z.unknown().optional(),
    labels: z.array(z.union([labelName, z.object({ name: labelName.nullish() })])),
  }),
);

/** Numbers of one page and the names of their labels, in small letters. */
export async function listLabels(
  github: GitHub,
  name: RepositoryName,
  { label, size, ...asked }: LabelPage,
): Promise<{ readonly number: number; readonly labels: readonly string[] }[]> {
  const reply = await github.request("GET /repos/{owner}/{repo}/issues", {
    ...name,
    ...asked,
    labels: label,
    sort: "created",
    direction: "asc",
    per_page: size,
  });
  return readReply(briefSchema, reply.data, "GET a page of issues")
    .filter((issue) => issue.pull_request === undefined)
    .map(({ number, labels }) => ({
      number,
      labels: labels.map((each) => (typeof each === "string" ? each : (each.name ?? ""))),
    }));
}
