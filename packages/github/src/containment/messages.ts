/** What messages of commits say. Anybody may have written them: they are matched line by line, as git and GitHub write them. */

const SHA = "[0-9a-f]{7,64}";
/** Messages of squashed commits are items of a list. */
const BEGIN = String.raw`^[ \t]*(?:[*-] )?`;
const REVERTED_COMMITS = new RegExp(
  String.raw`${BEGIN}This reverts commits? (${SHA}(?:(?:, and |, | and |,)${SHA})*)\b`,
  "gim",
);
const KEPT = new RegExp(String.raw`, reversing\s{1,3}changes made to (${SHA})\b`, "i");
const REVERTED_PULL = new RegExp(
  String.raw`${BEGIN}Reverts ([\w.-]{1,39}/[\w.-]{1,100})?#(\d+)\.?[ \t\r]*$`,
  "gim",
);
const PICKED = new RegExp(String.raw`${BEGIN}\(cherry picked from commit (${SHA})\)[ \t\r]*$`, "gim");
const NUMBERED = / ?\(#(\d+)\)$/;
/** As git writes it, and GitHub where it cuts a long line, or by Conventional Commits. */
const REVERTED_TITLE = /^revert (?:"(.*)("|…|\.{3}))$|^revert(?:\([^)]*\))?!?: (.+)$/i;
const SHORTEST_CUT = 20;
const MERGED_PULL = /^Merge pull request #(\d+) from /;

/** What a commit says that it takes out. */
export type RevertStatement = {
  /** Commits by their names, which may be cut. */
  readonly commits: readonly string[];
  /** Pull requests of this repository. */
  readonly pulls: readonly number[];
  /** Of a merge, the parent that stays. */
  readonly kept: string | undefined;
  /** The title that is all it says, without a name; it ends in "…" where it is cut. */
  readonly title: string | undefined;
};

const headline = (message: string): string => message.split("\n", 1)[0]?.trim() ?? "";

/**
 * What a message says that its commit reverts; undefined: nothing. A title counts if it bears the number of a pull request.
 * @param repository owner/name
 */
export function parseRevert(message: string, repository: string): RevertStatement | undefined {
  const commits = [...message.matchAll(REVERTED_COMMITS)].flatMap(([, list = ""]) =>
    [...list.toLowerCase().matchAll(new RegExp(SHA, "g"))].map(([sha]) => sha),
  );
  const pulls = [...message.matchAll(REVERTED_PULL)]
    .filter(([, where]) => (where ?? repository).toLowerCase() === repository.toLowerCase())
    .map(([, , number]) => Number(number));
  const title = parseReverted(message);
  const numbered = title && (NUMBERED.exec(title) ?? MERGED_PULL.exec(title))?.[1];
  if (numbered) pulls.push(Number(numbered));
  if (commits.length + pulls.length === 0 && title === undefined) return undefined;
  const kept = KEPT.exec(message)?.[1]?.toLowerCase();
  return {
    commits,
    pulls,
    kept,
    title: commits.length + pulls.length > 0 ? undefined : title && parseTitle(title),
  };
}

/** The title that the title of a revert names. */
function parseReverted(message: string): string | undefined {
  const [, quoted, end, conventional] = REVERTED_TITLE.exec(headline(message).replace(NUMBERED, "")) ?? [];
  if (quoted === undefined) return conventional;
  return end === '"' ? quoted : `${quoted}…`;
}

/** Does the title in a revert, which may be cut, name this one? A short beginning names nothing. */
export const isTitled = (title: string, whole: string): boolean =>
  title.endsWith("…")
    ? title.length > SHORTEST_CUT && whole.startsWith(title.slice(0, -1).trimEnd())
    : title === whole;

/** The commits that a message says it was cherry-picked from. */
export const parsePicks = (message: string): string[] =>
  [...message.matchAll(PICKED)].map(([, sha = ""]) => sha.toLowerCase());

/** The pull requests of this repository that a message says its commit brings: as a back-port, or in its title. */
export function parseBackports(message: string, repository: string): number[] {
  const titled = [...headline(message).matchAll(/\(#(\d+)\)/g)].map(([, number]) => Number(number));
  const lines = message.split("\n").filter((line) => /\bback-?port|\bcherry[- ]?pick/i.test(line));
  const named = lines
    .flatMap((line) => [...line.matchAll(/([\w.-]{1,39}\/[\w.-]{1,100})?(?:#|\/pull\/)(\d+)\b/g)])
    .filter(([, where]) => (where ?? repository).toLowerCase() === repository.toLowerCase())
    .map(([, , number]) => Number(number));
  return [...titled, ...named];
}

/** The title of a change: without the number of its pull request, and of a merge that of its pull request. */
export function parseTitle(message: string): string {
  const first = headline(message);
  const merged = MERGED_PULL.test(first) ? (message.split("\n")[2] ?? "") : first;
  let title = merged.trim();
  while (NUMBERED.test(title)) title = title.replace(NUMBERED, "");
  return title.replace(/^\[[^\]]*\]\s*/, "");
}
