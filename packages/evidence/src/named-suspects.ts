import type { RepositoryFiles } from "./file-match.ts";
import { rankFilesOfOperation } from "./operation-suspects.ts";
import { findFile } from "./repository-files.ts";
import type { SuspectFile } from "./suspects.ts";
import type { Frame } from "./thrown.ts";

/** What a report without a stack names: hostile text. */
export type NamedPlaces = {
  /** Where it says that the application begins what is reported. */
  readonly frames: readonly Frame[];
  /** Queries, routes, pages, jobs: files are guessed by their words. */
  readonly names: readonly string[];
  /** Files whose path alone says that they decide the matter, such as a policy, with the reason. */
  readonly place?: { readonly pattern: RegExp; readonly reason: string };
};

const WEIGHT = { frame: 1000, place: 60 } as const;

/** Whether a file is not guessed: the report itself names it. */
export const isReported = ({ score }: SuspectFile): boolean => score >= WEIGHT.frame / 2;

/**
 * Ranks the files that a report without a stack leads to: first those that it names, then those whose path says so or
 * shares words with what it names. Pure.
 */
export function rankNamedFiles(
  files: RepositoryFiles,
  { frames, names, place }: NamedPlaces,
  most: number,
): SuspectFile[] {
  const found = new Map<string, SuspectFile>();
  const add = (one: SuspectFile): void => {
    const known = found.get(one.file);
    if (known === undefined) found.set(one.file, one);
    else
      found.set(one.file, {
        ...known,
        score: Math.max(known.score, one.score),
        reasons: [...new Set([...known.reasons, ...one.reasons])].slice(0, 4),
      });
  };
  for (const [index, frame] of frames.entries()) {
    const match = findFile(files, frame);
    if (!("file" in match)) continue;
    const line = frame.line === null ? "" : `, line ${frame.line}`;
    const reasons = [`the report names it${line}`];
    const score = Math.max(WEIGHT.frame - index, WEIGHT.frame / 2);
    add({ file: match.file, line: frame.line, crashed: false, score, reasons });
  }
  const paths = [...files.byName.values()].flat();
  const operation = { changed: [], files: paths, most, period: "" };
  for (const name of names.slice(0, 12))
    for (const one of rankFilesOfOperation({ ...operation, names: [withoutRest(name)] })) add(one);
  if (place !== undefined)
    for (const file of paths.filter((path) => place.pattern.test(path)))
      add({ file, line: null, crashed: false, score: WEIGHT.place, reasons: [place.reason] });
  return [...found.values()]
    .toSorted((a, b) => b.score - a.score || a.file.length - b.file.length || a.file.localeCompare(b.file))
    .slice(0, most);
}

/** Of a query its tables, of an address its path: columns and hosts would be taken for names of files. */
function withoutRest(name: string): string {
  const text = name.slice(0, 4000);
  const tables = [
    ...text.matchAll(/\b(?:from|join|into|update|table)\s+["`[]?(?:\w+["`\]]?\.["`[]?)?(\w+)/gi),
  ];
  if (
    /^\s*(?:select|insert|update|delete|with|merge|replace|create|alter|drop)\b/i.test(text) &&
    tables.length > 0
  )
    return tables.map(([, table = ""]) => table).join(" ");
  return text.replace(/https?:\/\/[^\s/]+/gi, "").replace(/[?#]\S*/g, "");
}
