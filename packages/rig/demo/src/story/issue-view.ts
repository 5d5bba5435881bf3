import type { GitHubWorld, TimelineRecord } from "@patchpilot/simulators";
import { DEMO_NAMES } from "../world/names.ts";

/** The incident's issue as GitHub shows it. Instants are ISO 8601. */
export type IssueView = {
  readonly number: number;
  readonly title: string;
  readonly author: string;
  readonly body: string;
  readonly createdAt: string;
  readonly state: "open" | "closed";
  readonly labels: readonly string[];
  readonly comments: readonly IssueComment[];
  /** What happened between the comments: labels, closing, mentions. */
  readonly events: readonly { readonly at: string; readonly text: string }[];
};

export type IssueComment = {
  readonly author: string;
  readonly at: string;
  /** Null where it still says what it said at first. */
  readonly editedAt: string | null;
  readonly body: string;
};

/** Reads the first issue that is no pull request. @throws Error where there is none. */
export function viewIssue(github: GitHubWorld): IssueView {
  const repository = github.repository(DEMO_NAMES.repository);
  const issue = repository.issues.list().find(({ pull }) => pull === null);
  if (issue === undefined) throw new Error("No issue was opened: there is nothing to show.");
  const names = new Map(repository.labels.list().map(({ id, name }) => [id, name]));
  return {
    number: issue.number,
    title: issue.title,
    author: issue.author.login,
    body: issue.body ?? "",
    createdAt: issue.createdAt,
    state: issue.state,
    labels: issue.labelIds.flatMap((id) => names.get(id) ?? []),
    comments: repository.comments
      .listGroup(issue.number)
      .filter(({ minimizedReason }) => minimizedReason === null)
      .map(({ author, createdAt, lastEditedAt, body }) => {
        return { author: author.login, at: createdAt, editedAt: lastEditedAt, body };
      }),
    events: groupByMoment(repository.timeline.listGroup(issue.number)),
  };
}

/** What one account did at one moment is one line, as on GitHub. */
function groupByMoment(entries: readonly TimelineRecord[]): IssueView["events"] {
  const groups = Map.groupBy(entries, ({ createdAt, actor }) => `${createdAt} ${actor.login}`);
  return [...groups.values()].map((group) => ({
    at: group[0]?.createdAt ?? "",
    text: `${group[0]?.actor.login} ${group.map(describeEvent).join(", ")}`,
  }));
}

function describeEvent({ kind, label, sourceNumber }: TimelineRecord): string {
  const what = {
    labeled: `added the label ${label?.name}`,
    unlabeled: `took off ${label?.name}`,
    closed: "closed this",
    reopened: "reopened this",
    renamed: "changed the title",
    "cross-referenced": `mentioned this in #${sourceNumber}`,
  };
  return what[kind];
}
