import type { RepositoryFiles } from "./file-match.ts";
import { findCrash, type MappedFrame, mapFrames } from "./mapped-frames.ts";
import { pathSegments } from "./reported-path.ts";
import { arrangeFiles } from "./repository-files.ts";
import type { Frame, Thrown } from "./thrown.ts";

/** Cleans a text to at most so many characters, on one line unless said otherwise. */
export type Cleaner = (raw: string | null | undefined, most: number, singleLine?: boolean) => string;

type Limits = { readonly value: number; readonly frames: number; readonly source: boolean };

const UNKNOWN_FILES = arrangeFiles([], false);

/** `Type: message`, then the frames, the crash first: `src/cart.ts:71 in total`. */
export function exceptionText(
  thrown: Thrown,
  files: RepositoryFiles | null,
  limits: Limits,
  clean: Cleaner,
): string {
  const type = clean(thrown.type, 120) || "Error";
  const value = clean(thrown.value, limits.value, false);
  const handled = thrown.handled === null ? "" : thrown.handled ? " (handled)" : " (unhandled)";
  const mapped = mapFrames(files ?? UNKNOWN_FILES, thrown);
  const crashed = findCrash(mapped);
  const nearest = mapped.toReversed();
  const own = nearest.filter((one) => one.own);
  const chosen = new Set([
    ...own.slice(0, limits.frames),
    ...nearest.slice(0, Math.max(1, limits.frames - own.length)),
  ]);
  const lines = nearest
    .filter((one) => chosen.has(one))
    .map((one) => frameText(one, one === crashed, limits, clean));
  const left = mapped.length - lines.length;
  const said = value === "" ? type : `${type}: ${value}`;
  return [`${said}${handled}`, ...lines, ...(left > 0 ? [`  … ${left} more frames`] : [])].join("\n");
}

function frameText(mapped: MappedFrame, crashed: boolean, limits: Limits, clean: Cleaner): string {
  const { frame, match, own } = mapped;
  const reported = frame.path ?? frame.absolutePath ?? frame.module;
  const path = "file" in match ? clean(match.file, 300) : clean(reported, 200) || "(unknown file)";
  const line = frame.line === null ? "" : `:${frame.line}`;
  const name = clean(frame.function, 120);
  const note = crashed || limits.source ? matchNote(mapped, clean) : "";
  const source = limits.source && own ? clean(frame.source, 200) : "";
  return `  ${path}${line}${name === "" ? "" : ` in ${name}`}${note}${crashed ? "  <- crashed here" : ""}${source === "" ? "" : `\n      ${source}`}`;
}

/** What was reported if a file is shown instead, and the files that it may be. */
function matchNote({ frame, match }: MappedFrame, clean: Cleaner): string {
  if (match.kind === "ambiguous")
    return ` (may be ${match.candidates.map((file) => clean(file, 300)).join(" or ")})`;
  if (!("file" in match) || (frame.path !== null && pathSegments(frame.path).join("/") === match.file))
    return "";
  return ` (reported as ${clean(describeReported(frame), 200)})`;
}

/** The longest path that is reported; of a bare name also the module, which says where it is. */
function describeReported({ path, absolutePath, module }: Frame): string {
  const [longest = ""] = [path ?? "", absolutePath ?? ""].toSorted((a, b) => b.length - a.length);
  if (longest === "") return module ?? "";
  return module === null || /[/\\]/.test(longest) ? longest : `${longest} in ${module}`;
}
