import type { GitHubActor, GitHubComment, GitHubIssue, GitHubTimeline } from "@patchpilot/github";
import {
  type Account,
  COMMANDS,
  type CommandEvent,
  foldIncident,
  type Incident,
  type IssueFacts,
  labelsOfCommand,
  parseSpoken,
  type Saying,
  type SpokenCommand,
  type TextChange,
} from "@patchpilot/incident";
import { omitUndefined } from "@patchpilot/optional";
import type { Belief } from "./belief.ts";
import { readRecords } from "./read-records.ts";
import { isOurs } from "./trust.ts";

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
  const incident = foldIncident(facts, readRecords(issue.number, [...comments.values()], belief));
  // Kept only where somebody may want to take the issue in: what people say elsewhere is nobody's business here.
  if (incident.phase !== undefined) {
    const spoken = listSpoken([...comments.values()]);
    const lastWordAt = findLastWord([...comments.values()], events, belief);
    return { ...incident, ...(spoken.length > 0 ? { spoken } : {}), ...omitUndefined({ lastWordAt }) };
  }
  const isAsked = facts.commands.some(({ command }) => command === "take-on");
  return isAsked ? { ...incident, discussion: listDiscussion(issue, [...comments.values()]) } : incident;
}

/** Commands of people, oldest first. Who edits a comment puts words under another's name; what is hidden was taken back. */
function listSpoken(comments: readonly GitHubComment[]): SpokenCommand[] {
  return comments
    .flatMap((comment): SpokenCommand[] => {
      const { id: commentId, author, editor, lastEditedAt, isMinimized, body, createdAt: at } = comment;
      if (author?.__typename !== "User" || editor !== null || lastEditedAt || isMinimized) return [];
      const parsed = parseSpoken(body);
      const account = toAccount(author);
      return parsed === undefined || account === null ? [] : [{ ...parsed, commentId, at, author: account }];
    })
    .sort((a, b) => a.at.localeCompare(b.at));
}

/** The newest comment of a person, or change of a command's label by one. */
function findLastWord(
  comments: readonly GitHubComment[],
  events: GitHubTimeline["nodes"],
  { trusted }: Belief,
): string | undefined {
  const commands: readonly (string | undefined)[] = COMMANDS.flatMap(labelsOfCommand);
  const said = comments.filter(
    (comment) => comment.author?.__typename === "User" && !comment.isMinimized && !isOurs(comment, trusted),
  );
  const labelled = events.filter(
    ({ actor, label }) => actor?.__typename === "User" && commands.includes(label?.name),
  );
  return [...said, ...labelled]
    .flatMap(({ createdAt }) => createdAt ?? [])
    .sort()
    .at(-1);
}

/** What people said, oldest first; what GitHub hides was hidden by somebody. */
function listDiscussion(
  { lastComments }: GitHubIssue,
  comments: readonly GitHubComment[],
): NonNullable<IssueFacts["discussion"]> {
  const said = comments
    .filter(
      ({ author, isMinimized, body }) => author?.__typename === "User" && !isMinimized && body.trim() !== "",
    )
    .flatMap(({ author, body: text, createdAt: at, lastEditedAt = null, editor }): Saying[] => {
      const account = toAccount(author);
      const edit = lastEditedAt === null ? null : { at: lastEditedAt, by: editor?.login ?? null };
      return account === null ? [] : [{ author: account, text, at, edit }];
    })
    .sort((a, b) => a.at.localeCompare(b.at));
  return { comments: said, leftOut: Math.max(0, lastComments.totalCount - comments.length) };
}

/** For each command whose label the issue carries, the newest event by a person. */
function listCommands({ timelineItems }: GitHubIssue, labels: readonly string[]): CommandEvent[] {
  return COMMANDS.flatMap((command) => {
    const given = labelsOfCommand(command)
      .filter((label) => labels.includes(label))
      .flatMap((label): CommandEvent[] => {
        const newest = newestByPerson(timelineItems.nodes, label);
        if (newest?.__typename !== "LabeledEvent" || newest.id === undefined) return [];
        const { id: eventId, createdAt: at = "", actor = null } = newest;
        return [{ command, eventId, at, actor: toAccount(actor) }];
      });
    return given.sort((a, b) => a.at.localeCompare(b.at)).slice(-1);
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
