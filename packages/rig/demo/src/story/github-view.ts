import {
  type GitHubWorld,
  type IssueRecord,
  isPull,
  listPullFiles,
  type PullIssue,
  type Repository,
  type TimelineRecord,
} from "@patchpilot/simulators/github";

/** What an issue and a pull request have in common, as GitHub shows it. Instants are ISO 8601. */
export type ThreadView = {
  readonly number: number;
  readonly title: string;
  readonly author: string;
  readonly body: string;
  readonly createdAt: string;
  readonly labels: readonly LabelView[];
  readonly comments: readonly CommentView[];
  /** What happened between the comments: labels, closing, mentions. */
  readonly events: readonly EventView[];
};

export type IssueView = ThreadView & { readonly state: "open" | "closed" };

export type PullView = ThreadView & {
  readonly state: "draft" | "open" | "merged" | "closed";
  readonly head: string;
  readonly base: string;
  /** Undefined while it is not merged. */
  readonly mergedBy: string | undefined;
  /** Logins that were asked for a review. */
  readonly reviewers: readonly string[];
  readonly checks: readonly { readonly name: string; readonly conclusion: string }[];
  readonly files: readonly FileView[];
};

/** @property color six hexadecimal digits */
export type LabelView = { readonly name: string; readonly color: string; readonly description: string };

export type CommentView = {
  readonly id: number;
  readonly author: string;
  readonly at: string;
  /** Null where it still says what it said at first. */
  readonly editedAt: string | null;
  /** Whether GitHub shows one line until it is unfolded. */
  readonly isOutdated: boolean;
  readonly body: string;
};

/** What somebody did, one deed after the other. */
export type EventView = { readonly at: string; readonly actor: string; readonly deeds: readonly StoryDeed[] };

export type StoryDeed =
  | { readonly kind: "labeled" | "unlabeled"; readonly label: LabelView }
  | { readonly kind: "referenced"; readonly number: number }
  | { readonly kind: "said"; readonly text: string };

/** A file of a pull request with its hunks in git's form. */
export type FileView = {
  readonly path: string;
  readonly status: "added" | "removed" | "modified";
  readonly additions: number;
  readonly deletions: number;
  /** Undefined for what is no text. */
  readonly patch: string | undefined;
};

/** Every issue and pull request of a repository, in the order of their numbers. */
export function viewGitHub(
  github: GitHubWorld,
  fullName: string,
): { readonly issues: readonly IssueView[]; readonly pulls: readonly PullView[] } {
  const repository = github.repository(fullName);
  const all = repository.issues.list();
  return {
    issues: all
      .filter((issue) => !isPull(issue))
      .map((issue) => ({ ...viewThread(repository, issue), state: issue.state })),
    pulls: all.filter(isPull).map((pull) => viewPull(repository, pull)),
  };
}

function viewThread(repository: Repository, issue: IssueRecord): ThreadView {
  return {
    number: issue.number,
    title: issue.title,
    author: issue.author.login,
    body: issue.body ?? "",
    createdAt: issue.createdAt,
    labels: repository.labels
      .list()
      .filter(({ id }) => issue.labelIds.includes(id))
      .map(viewLabel),
    comments: repository.comments
      .listGroup(issue.number)
      .map(({ id, author, createdAt, lastEditedAt, minimizedReason, body }) => ({
        ...{ id, author: author.login, at: createdAt, editedAt: lastEditedAt, body },
        isOutdated: minimizedReason !== null,
      })),
    events: groupByMoment(repository.timeline.listGroup(issue.number)),
  };
}

function viewPull(repository: Repository, issue: PullIssue): PullView {
  const { pull } = issue;
  const thread = viewThread(repository, issue);
  const reviews = repository.reviews.list().filter(({ number }) => number === issue.number);
  return {
    ...thread,
    state:
      pull.mergedAt !== null ? "merged" : issue.state === "closed" ? "closed" : pull.draft ? "draft" : "open",
    head: pull.headRef,
    base: pull.baseRef,
    mergedBy: thread.events.find((event) => isMerge(event, pull.mergedAt))?.actor,
    reviewers: pull.reviewers.map(({ login }) => login),
    comments: [
      ...thread.comments,
      ...reviews.map(({ id, author, submittedAt, state, body }) => {
        const verdict = `**${state === "changes_requested" ? "Requested changes" : state}**`;
        const text = `${verdict}\n\n${body}`;
        return { id, author: author.login, at: submittedAt, editedAt: null, isOutdated: false, body: text };
      }),
    ],
    events: thread.events.map((event) =>
      isMerge(event, pull.mergedAt) ? { ...event, deeds: [MERGED] } : event,
    ),
    checks: repository.checkRuns
      .list()
      .filter(({ headOid }) => headOid === pull.headOid)
      .map(({ name, conclusion, status }) => ({ name, conclusion: conclusion ?? status })),
    files: listPullFiles(repository, issue).map(({ path, status, additions, deletions, patch }) => {
      return { path, status, additions, deletions, patch };
    }),
  };
}

const MERGED: StoryDeed = { kind: "said", text: "merged this" };
const isMerge = ({ at, deeds }: EventView, mergedAt: string | null): boolean =>
  at === mergedAt && deeds.some((deed) => deed.kind === "said" && deed.text === "closed this");

const viewLabel = ({
  name,
  color,
  description,
}: Omit<LabelView, "description"> & { description: string | null }) => ({
  name,
  color,
  description: description ?? "",
});

/** What one account did at one moment is one line, as on GitHub. */
function groupByMoment(entries: readonly TimelineRecord[]): EventView[] {
  const groups = Map.groupBy(entries, ({ createdAt, actor }) => `${createdAt} ${actor.login}`);
  return [...groups.values()].map((group) => ({
    at: group[0]?.createdAt ?? "",
    actor: group[0]?.actor.login ?? "",
    deeds: group.map(viewDeed),
  }));
}

function viewDeed({ kind, label, sourceNumber }: TimelineRecord): StoryDeed {
  if ((kind === "labeled" || kind === "unlabeled") && label !== null)
    return { kind, label: viewLabel(label) };
  if (kind === "cross-referenced" && sourceNumber !== null)
    return { kind: "referenced", number: sourceNumber };
  const said = { closed: "closed this", reopened: "reopened this", renamed: "changed the title" };
  return { kind: "said", text: said[kind as keyof typeof said] ?? kind };
}
