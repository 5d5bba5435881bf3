import type { GitHubActor, GitHubIssue, GitHubTimeline } from "@patchpilot/github";
import {
  type Account,
  COMMANDS,
  type CommandEvent,
  commandLabel,
  foldIncident,
  type Incident,
  type IssueFacts,
  type TextChange,
} from "@patchpilot/incident";
import type { Belief } from "./belief.ts";
import { readRecords } from "./read-records.ts";

/** The fold of one issue as GitHub shows it. Pure. */
export function toIncident(issue: GitHubIssue, belief: Belief): Incident {
  const comments = new Map(
    [...issue.firstComments.nodes, ...issue.lastComments.nodes].map((comment) => [comment.id, comment]),
  );
  const labels = issue.labels.nodes.map((label) => label.name);
  const events = issue.timelineItems.nodes;
  const closing = events.findLast((event) => event.__typename === "ClosedEvent");
  const reopening = events.findLast((event) => event.__typename === "ReopenedEvent");
  const facts: IssueFacts = {
    nodeId: issue.id,
    number: issue.number,
    title: issue.title,
    body: issue.body,
    url: issue.url,
    open: issue.state === "OPEN",
    stateReason: issue.stateReason,
    locked: issue.locked,
    createdAt: issue.createdAt,
    updatedAt: issue.updatedAt,
    closedAt: issue.closedAt,
    reopenedAt: reopening?.createdAt ?? null,
    reopenedBy: toAccount(reopening?.actor ?? null),
    closedBy: toAccount(closing?.actor ?? null),
    author: toAccount(issue.author),
    textChanges: listTextChanges(issue),
    labels,
    commands: listCommands(issue, labels),
  };
  return foldIncident(facts, readRecords(issue.number, [...comments.values()], belief));
}

/** For each command whose label the issue carries, the newest event by a person. */
function listCommands({ timelineItems }: GitHubIssue, labels: readonly string[]): CommandEvent[] {
  return COMMANDS.filter((command) => labels.includes(commandLabel(command))).flatMap((command) => {
    const newest = newestByPerson(timelineItems.nodes, commandLabel(command));
    if (newest?.__typename !== "LabeledEvent" || newest.id === undefined) return [];
    const { id: eventId, createdAt: at = "", actor = null } = newest;
    return [{ command, eventId, at, actor: toAccount(actor) }];
  });
}

/** The last edit of the text, and the last new title. */
function listTextChanges({ lastEditedAt, editor, timelineItems }: GitHubIssue): TextChange[] {
  const renaming = timelineItems.nodes.findLast((event) => event.__typename === "RenamedTitleEvent");
  return [
    ...(lastEditedAt ? [{ at: lastEditedAt, actor: toAccount(editor ?? null) }] : []),
    ...(renaming?.createdAt ? [{ at: renaming.createdAt, actor: toAccount(renaming.actor ?? null) }] : []),
  ];
}

/** The newest event of a label. A bot's relabelling neither gives a person's command nor takes it away. */
export const newestByPerson = (events: GitHubTimeline["nodes"], label: string) =>
  events.findLast((event) => event.label?.name === label && event.actor?.__typename === "User");

const toAccount = (actor: GitHubActor): Account | null =>
  actor === null ? null : { type: actor.__typename, id: actor.databaseId ?? null, login: actor.login };
