import type { GitHubActor, GitHubComment, GitHubIssue } from "@patchpilot/github";
import { ISSUE, PERSON } from "./comments.ts";

/** An open issue as GraphQL answers it. */
export const githubIssue = (changes: Partial<GitHubIssue> = {}): GitHubIssue => ({
  id: "I_12",
  number: ISSUE,
  title: "TypeError",
  body: "Sentry Issue",
  url: "https://github.com/acme/shop/issues/12",
  state: "OPEN",
  stateReason: null,
  locked: false,
  createdAt: "2026-11-21T09:00:00Z",
  updatedAt: "2026-11-21T09:00:00Z",
  closedAt: null,
  author: null,
  labels: { nodes: [] },
  firstComments: { nodes: [] },
  lastComments: { totalCount: 0, nodes: [] },
  timelineItems: { nodes: [] },
  ...changes,
});

export const withLabels = (...names: string[]) => ({ nodes: names.map((name) => ({ name })) });

export const withComments = (...nodes: GitHubComment[]) => ({
  firstComments: { nodes: nodes.slice(0, 10) },
  lastComments: { totalCount: nodes.length, nodes: nodes.slice(-40) },
});

/** A label that was set or taken off, in the order of the timeline. */
export const labelEvent = (
  id: string,
  name: string,
  actor: GitHubActor = PERSON,
  kind: "LabeledEvent" | "UnlabeledEvent" = "LabeledEvent",
) => ({ __typename: kind, id, createdAt: "2026-11-21T09:05:00Z", actor, label: { name } });
