import type { FileMatch, RepositoryFiles } from "./file-match.ts";
import { findCrash, mapFrames } from "./mapped-frames.ts";
import { hasFile } from "./repository-files.ts";
import { type Frame, primaryThrown, type Thrown } from "./thrown.ts";

/** A commit between the last good release and this one. */
export type TouchingCommit = {
  readonly sha: string;
  readonly date: string;
  /** Hostile text: anyone who can commit wrote it. */
  readonly headline: string;
  /** Login of who wrote it; absent: GitHub knows no person's account for it. */
  readonly author?: string;
  readonly files: readonly string[];
};

export type SuspectFile = {
  readonly file: string;
  readonly line: number | null;
  readonly crashed: boolean;
  /** Only for ordering; grows with the reasons. */
  readonly score: number;
  readonly reasons: readonly string[];
};

export type SuspectCommit = TouchingCommit & { readonly reasons: readonly string[] };

/**
 * Weights: the crashing file outranks the sum of everything that another file can have, so no lesson and no
 * commit ever comes before it.
 */
const WEIGHT = {
  crash: 1000,
  cause: 300,
  own: 200,
  perDepth: 10,
  maybe: 150,
  other: 5,
  touched: 100,
  lesson: 4,
} as const;

/** Files of the repository that the stack names, nearest to the crash first; their history is worth asking for. */
export function filesOfStack(files: RepositoryFiles, chain: readonly Thrown[], most: number): string[] {
  const thrown = primaryThrown(chain);
  if (thrown === null) return [];
  const named = [thrown, ...chain.filter((one) => one !== thrown)].flatMap((one) =>
    mapFrames(files, one)
      .filter(({ own }) => own)
      .toReversed()
      .flatMap(({ match }) => ("file" in match ? [match.file] : [])),
  );
  return [...new Set(named)].slice(0, most);
}

type Draft = { score: number; line: number | null; crashed: boolean; reasons: string[] };

/**
 * Ranks the files that may hold the cause, each with its reasons: the crash frame, other own frames by their
 * distance from it, commits since the last good release, and, as a hint only, lessons of similar incidents.
 */
export function rankFiles(facts: {
  readonly files: RepositoryFiles;
  readonly chain: readonly Thrown[];
  readonly commits: readonly TouchingCommit[];
  readonly lessons: readonly { readonly issue: number; readonly files: readonly string[] }[];
  readonly most: number;
  /** When the commits were made, as the end of a sentence; default "since the last good release". */
  readonly period?: string;
}): SuspectFile[] {
  const drafts = new Map<string, Draft>();
  const thrown = primaryThrown(facts.chain);
  if (thrown !== null) addStack(drafts, facts.files, thrown);
  const main = thrown === null ? -1 : facts.chain.indexOf(thrown);
  for (const [index, other] of facts.chain.entries())
    if (index !== main) addOther(drafts, facts.files, other, index < main ? "led to" : "wraps");
  for (const [file, draft] of drafts) addHistory(file, draft, facts.commits, facts.period ?? SINCE);
  for (const lesson of facts.lessons) addLesson(drafts, facts.files, lesson);
  return [...drafts]
    .map(([file, draft]) => ({ file, ...draft }))
    .sort((a, b) => b.score - a.score || a.file.localeCompare(b.file))
    .slice(0, facts.most);
}

function openDraft(drafts: Map<string, Draft>, file: string): Draft {
  const draft = drafts.get(file) ?? { score: 0, line: null, crashed: false, reasons: [] };
  drafts.set(file, draft);
  return draft;
}

function addStack(drafts: Map<string, Draft>, files: RepositoryFiles, thrown: Thrown): void {
  const mapped = mapFrames(files, thrown);
  const crashed = findCrash(mapped)?.frame;
  let depth = 0;
  for (const { frame, match, own } of mapped.toReversed()) {
    if (frame !== crashed && own) depth += 1;
    if (frame === crashed && match.kind === "ambiguous") addCandidates(drafts, match.candidates, frame);
    if (!("file" in match)) continue;
    const isNew = !drafts.has(match.file);
    const draft = openDraft(drafts, match.file);
    if (frame === crashed) {
      draft.score += WEIGHT.crash;
      draft.crashed = true;
      draft.line = frame.line;
      draft.reasons.unshift(`crashed here${where(frame)}${how(match)}`);
    } else if (isNew) {
      draft.score += own ? Math.max(WEIGHT.perDepth, WEIGHT.own - WEIGHT.perDepth * depth) : WEIGHT.other;
      draft.line = frame.line;
      draft.reasons.push(
        own
          ? `on the stack, ${depth} ${depth === 1 ? "call" : "calls"} above the crash${how(match)}`
          : "on the stack, outside the application's own code",
      );
    }
  }
}

/** Several files fit where it crashed: each is named as what it is, a possibility. */
function addCandidates(drafts: Map<string, Draft>, candidates: readonly string[], frame: Frame): void {
  for (const candidate of candidates) {
    const draft = openDraft(drafts, candidate);
    draft.score += WEIGHT.maybe;
    draft.reasons.push(
      candidates.length === 1
        ? `may have crashed here${where(frame)}: the report may mean someone else's file`
        : `may have crashed here${where(frame)}: one of ${candidates.length} files that fit what is reported`,
    );
  }
}

/** A cause comes before the exception that it led to, and a group after the one that it holds. */
function addOther(
  drafts: Map<string, Draft>,
  files: RepositoryFiles,
  other: Thrown,
  relation: "led to" | "wraps",
): void {
  const crashed = findCrash(mapFrames(files, other));
  if (crashed === null || !("file" in crashed.match)) return;
  const draft = openDraft(drafts, crashed.match.file);
  draft.score += WEIGHT.cause;
  draft.line ??= crashed.frame.line;
  draft.reasons.push(`raised the exception that ${relation} this one${where(crashed.frame)}`);
}

function addHistory(file: string, draft: Draft, commits: readonly TouchingCommit[], period: string): void {
  const touching = commits.filter((commit) => commit.files.includes(file));
  if (touching.length === 0) return;
  draft.score += WEIGHT.touched;
  const shas = touching.slice(0, 3).map((commit) => commit.sha.slice(0, 7));
  draft.reasons.push(`changed ${period} (${shas.join(", ")})`);
}

function addLesson(
  drafts: Map<string, Draft>,
  files: RepositoryFiles,
  lesson: { readonly issue: number; readonly files: readonly string[] },
): void {
  for (const named of lesson.files) {
    if (!hasFile(files, named)) continue;
    const draft = openDraft(drafts, named);
    const isFirst = !draft.reasons.some((reason) => reason.startsWith(FIXED_BEFORE));
    draft.score += isFirst ? WEIGHT.lesson : 0;
    draft.reasons.push(`${FIXED_BEFORE} (issue ${lesson.issue})`);
  }
}

const SINCE = "since the last good release";
const FIXED_BEFORE = "fixed a similar incident before";
const where = (frame: Frame): string => (frame.line === null ? "" : `, line ${frame.line}`);
const how = (match: FileMatch): string =>
  match.kind === "compiled" ? " (guessed from the build's output: no source map)" : "";

/** Ranks commits: those that touched the crashing file first, then by how many suspect files they touched, newest first. */
export function rankCommits(
  commits: readonly TouchingCommit[],
  suspects: readonly SuspectFile[],
  most: number,
  period = SINCE,
): SuspectCommit[] {
  const crashed = suspects.find((suspect) => suspect.crashed)?.file;
  return commits
    .map((commit) => ({
      ...commit,
      files: suspects.map(({ file }) => file).filter((file) => commit.files.includes(file)),
    }))
    .filter(({ files }) => files.length > 0)
    .map((commit) => ({ ...commit, hit: crashed !== undefined && commit.files.includes(crashed) }))
    .sort(
      (a, b) =>
        Number(b.hit) - Number(a.hit) || b.files.length - a.files.length || b.date.localeCompare(a.date),
    )
    .slice(0, most)
    .map(({ hit, ...commit }) => ({
      ...commit,
      reasons: [`changed ${hit ? "the crashing file" : "a file on the stack"} ${period}`],
    }));
}
