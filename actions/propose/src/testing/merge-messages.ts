/** What GitHub makes a merge's commit message from. */
export type MergedPullRequest = {
  readonly number: number;
  readonly title: string;
  readonly body: string;
  /** owner/branch of the head. */
  readonly head: string;
  /** Messages of its commits, oldest first. */
  readonly commits: readonly string[];
};

const subjectOf = (message: string): string => message.split("\n", 1)[0] ?? "";
const restOf = (message: string): string => message.split("\n").slice(1).join("\n").trim();

/** `squash_merge_commit_title` and `merge_commit_title` of a repository. */
const SQUASH_TITLES = {
  PR_TITLE: ({ title }: MergedPullRequest) => title,
  COMMIT_OR_PR_TITLE: ({ title, commits }: MergedPullRequest) =>
    commits.length === 1 ? subjectOf(commits[0] ?? "") : title,
};

/** `squash_merge_commit_message`. One commit's subject is the title already; several are listed. */
const SQUASH_MESSAGES = {
  PR_BODY: ({ body }: MergedPullRequest) => body,
  COMMIT_MESSAGES: ({ commits }: MergedPullRequest) =>
    commits.length === 1 ? restOf(commits[0] ?? "") : commits.map((message) => `* ${message}`).join("\n\n"),
  BLANK: () => "",
};

/** `merge_commit_title`. */
const MERGE_TITLES = {
  PR_TITLE: ({ title, number }: MergedPullRequest) => `${title} (#${number})`,
  MERGE_MESSAGE: ({ number, head }: MergedPullRequest) => `Merge pull request #${number} from ${head}`,
};

/** `merge_commit_message`. */
const MERGE_MESSAGES = {
  PR_BODY: ({ body }: MergedPullRequest) => body,
  PR_TITLE: ({ title }: MergedPullRequest) => title,
  BLANK: () => "",
};

/** Every message that a merge of a pull request may get, by the settings that make it. A rebase keeps the commits. */
export function mergeMessages(pull: MergedPullRequest): ReadonlyMap<string, string> {
  const squashes = Object.entries(SQUASH_TITLES).flatMap(([titleName, title]) =>
    Object.entries(SQUASH_MESSAGES).map(
      ([name, message]) =>
        [`squash ${titleName} ${name}`, `${title(pull)} (#${pull.number})\n\n${message(pull)}`] as const,
    ),
  );
  const merges = Object.entries(MERGE_TITLES).flatMap(([titleName, title]) =>
    Object.entries(MERGE_MESSAGES).map(
      ([name, message]) => [`merge ${titleName} ${name}`, `${title(pull)}\n\n${message(pull)}`] as const,
    ),
  );
  const rebases = pull.commits.map((message, index) => [`rebase ${index}`, message] as const);
  return new Map([...squashes, ...merges, ...rebases]);
}
