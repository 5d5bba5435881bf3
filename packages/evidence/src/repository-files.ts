import { guessSources } from "./compiled-files.ts";
import { findDartFile } from "./dart-packages.ts";
import type { FileMatch, RepositoryFiles } from "./file-match.ts";
import { type FrameEvidence, listEvidence } from "./frame-evidence.ts";
import { type Fit, fitEvidence } from "./match-file.ts";
import { isMarkedForeign, isVendored } from "./not-ours.ts";
import type { Frame } from "./thrown.ts";
import { isOfUnknownPlugin } from "./wordpress.ts";

const NO_MATCH: FileMatch = { kind: "none" };
const MOST_CANDIDATES = 5;

/** Arranges a listing of paths. */
export function arrangeFiles(paths: readonly string[], complete = true): RepositoryFiles {
  const byName = new Map<string, string[]>();
  for (const path of paths) {
    const name = lastName(path);
    const same = byName.get(name);
    if (same === undefined) byName.set(name, [path]);
    else same.push(path);
  }
  return { byName, complete };
}

const lastName = (path: string): string => path.slice(path.lastIndexOf("/") + 1).toLowerCase();

/** Whether a repository has this very file. */
export const hasFile = (files: RepositoryFiles, path: string): boolean =>
  files.byName.get(lastName(path))?.includes(path) ?? false;

/**
 * Finds the file of a frame. Path, absolute path, module and package decide together: a mark of others' code in any of
 * them rules the frame out, what contradicts one of them is no match, and the longest agreement wins.
 */
export function findFile(files: RepositoryFiles, frame: Frame): FileMatch {
  if (isMarkedForeign(frame)) return { kind: "foreign" };
  const packaged = findDartFile(files, frame);
  if (packaged !== undefined) return packaged;
  const evidence = listEvidence(frame);
  const found = matchEvidence(files, evidence);
  if (isVendored(frame)) return "file" in found && isVendoredFile(found.file) ? found : { kind: "foreign" };
  if ("file" in found && isOfUnknownPlugin(files, frame, found.file))
    return { kind: "ambiguous", candidates: [found.file] };
  if (found.kind !== "none") return found;
  for (const guesses of guessSources(frame)) {
    const sources = guesses.flatMap((guess) => listFound(matchEvidence(files, [guess])));
    const [only, ...others] = [...new Set(sources)];
    if (others.length > 0)
      return { kind: "ambiguous", candidates: sources.toSorted().slice(0, MOST_CANDIDATES) };
    if (only !== undefined) return { kind: "compiled", file: only };
  }
  return files.complete && isForeignPackage(evidence, frame) ? { kind: "foreign" } : NO_MATCH;
}

const listFound = (match: FileMatch): readonly string[] =>
  "file" in match ? [match.file] : match.kind === "ambiguous" ? match.candidates : [];

const isVendoredFile = (path: string): boolean => isVendored({ path, absolutePath: null });

/** A package whose file the repository does not have is another one's. */
const isForeignPackage = (evidence: readonly FrameEvidence[], { path, absolutePath }: Frame): boolean =>
  evidence.length > 0 && [path, absolutePath].some((place) => /(?:^|\/)package:/.test(place ?? ""));

type Candidate = { readonly file: string; readonly segments: readonly string[]; readonly fit: Fit };

function matchEvidence(files: RepositoryFiles, evidence: readonly FrameEvidence[]): FileMatch {
  const names = new Set(evidence.map(({ segments }) => segments.at(-1)?.toLowerCase() ?? ""));
  const candidates = [...names]
    .flatMap((name) => files.byName.get(name) ?? [])
    .flatMap((file): Candidate[] => {
      const segments = file.split("/");
      const fit = fitAll(segments, evidence);
      return fit === null ? [] : [{ file, segments, fit }];
    });
  const best = keepBest(
    keepBest(candidates, ({ fit }) => fit.shared),
    ({ fit }) => fit.whole,
  );
  const [only, ...others] = keepBest(best, (one) => countHints(one, evidence));
  if (only === undefined) return NO_MATCH;
  if (others.length > 0 || isCommonNameAlone(only)) return ambiguous([only, ...others]);
  const isExact = evidence.some(({ segments }) => segments.join("/") === only.file);
  return { kind: isExact ? "exact" : "suffix", file: only.file };
}

/** How well a file fits all evidence that names it: it must contradict none, and the longest must name it. */
function fitAll(file: readonly string[], evidence: readonly FrameEvidence[]): Fit | null {
  const name = file.at(-1)?.toLowerCase();
  const longest = Math.max(...evidence.map(({ segments }) => segments.length));
  const speaking = evidence.filter(({ segments }) => segments.at(-1)?.toLowerCase() === name);
  if (!speaking.some(({ segments }) => segments.length === longest)) return null;
  const fits = speaking.map((one) => fitEvidence(file, one));
  return fits.reduce((best, fit) => (best === null || fit === null ? null : better(best, fit)));
}

const better = (one: Fit, other: Fit): Fit =>
  other.shared > one.shared || (other.shared === one.shared && other.whole > one.whole) ? other : one;

function keepBest<T>(list: readonly T[], measure: (one: T) => number): readonly T[] {
  const most = Math.max(...list.map(measure));
  return list.filter((one) => measure(one) === most);
}

/** How many of the machine's folders the file has as well: `/srv/api/dist/index.js` rather means `packages/api`. */
function countHints({ segments, fit }: Candidate, evidence: readonly FrameEvidence[]): number {
  const head = new Set(segments.slice(0, -fit.shared));
  const reported = new Set(evidence.flatMap((one) => one.segments.slice(0, -fit.shared)));
  return [...reported].filter((folder) => head.has(folder)).length;
}

/** Names that any project and any dependency has: alone they prove nothing in a folder. */
const COMMON_NAME =
  /^(?:index|main|app|server|client|utils?|helpers?|types?|config|common|base|core|constants?|errors?|models?|views?|handlers?|api|mod|init|__init__|context|page|layout|route|middleware|setup)\.\w+$/i;

const isCommonNameAlone = ({ segments, fit }: Candidate): boolean =>
  fit.shared === 1 && segments.length > 1 && COMMON_NAME.test(segments.at(-1) ?? "");

function ambiguous(candidates: readonly Candidate[]): FileMatch {
  return {
    kind: "ambiguous",
    candidates: candidates
      .map(({ file }) => file)
      .toSorted()
      .slice(0, MOST_CANDIDATES),
  };
}
