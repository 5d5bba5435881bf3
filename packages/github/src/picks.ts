import { HttpFailure } from "@patchpilot/http";
import type { GitHub, RepositoryName } from "./client.ts";
import type { WalkedCommit } from "./history-walk.ts";

/** What `git cherry-pick -x` writes. */
const PICKED = /^\(cherry picked from commit ([0-9a-f]{7,64})\)$/gim;
/** The number of a squashed pull request, which a back-port keeps before its own. */
const NUMBERS = /(?:\s*\(#\d+\))+$/;

/**
 * The commit that a fix was picked to, or from, by the trailer of either. Its word is taken: only somebody who may
 * write to the branch that is deployed can have put it there. Pure.
 *
 * @param origin the fix's own commit, if it is known
 */
export function findPick(
  fix: string,
  origin: WalkedCommit | undefined,
  commits: readonly WalkedCommit[],
): WalkedCommit | undefined {
  const from = origin === undefined ? [] : readTrailers(origin);
  return commits.find(
    (commit) =>
      readTrailers(commit).some((sha) => fix.startsWith(sha)) ||
      from.some((sha) => commit.oid.startsWith(sha)),
  );
}

const readTrailers = ({ message }: WalkedCommit): string[] =>
  [...message.matchAll(PICKED)].map(([, sha = ""]) => sha.toLowerCase());

/**
 * Commits that may be a fix under another name, newest first: they came after it and have its title, or mention its
 * pull request in their own. An earlier attempt may have the same title, and is another change. Pure.
 */
export function findSuspects(
  fix: WalkedCommit,
  pull: number | null,
  commits: readonly WalkedCommit[],
): WalkedCommit[] {
  const titles = readTitles(fix);
  const mention = new RegExp(String.raw`#${pull}\b`);
  return commits.filter(({ oid, message, at }) => {
    if (oid === fix.oid || Date.parse(at) < Date.parse(fix.at) || message.startsWith("Revert ")) return false;
    const [headline = ""] = message.split("\n", 1);
    return titles.has(headline.replace(NUMBERS, "")) || (pull !== null && mention.test(headline));
  });
}

/** Its headline; of a merge the title of the pull request, which GitHub writes below. */
function readTitles({ message, parents }: WalkedCommit): ReadonlySet<string> {
  const [headline = "", , title = ""] = message.split("\n", 3);
  const own = parents.length > 1 ? title : headline.replace(NUMBERS, "");
  return new Set(own === "" ? [] : [own]);
}

/**
 * What a commit changes, wherever it is applied: the lines that it adds and takes away, by file, without their
 * positions and surroundings, as `git patch-id` has it.
 *
 * @returns undefined if GitHub does not show all of it: binary or very large files, or more than 300
 */
export async function readPatchIdentity(
  github: GitHub,
  repository: RepositoryName,
  ref: string,
): Promise<string | undefined> {
  try {
    const { data } = await github.request("GET /repos/{owner}/{repo}/commits/{ref}", { ...repository, ref });
    const files = data.files ?? [];
    if (files.length === 0 || files.length >= MOST_FILES) return undefined;
    if (files.some(({ patch, changes }) => patch === undefined && changes > 0)) return undefined;
    return JSON.stringify(
      files
        .map(({ filename, status, patch = "" }) => [filename, status, patch.match(/^[+-].*$/gm) ?? []])
        .toSorted(([a = ""], [b = ""]) => (a < b ? -1 : 1)),
    );
  } catch (error) {
    if (error instanceof HttpFailure && error.kind === "not-found") return undefined;
    throw error;
  }
}

/** Files of one commit that GitHub shows on a page. */
const MOST_FILES = 300;
