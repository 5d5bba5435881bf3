import { createHash } from "node:crypto";
import { structuredPatch } from "diff";
import { type Judgement, judgeText } from "../judge-text.ts";
import { PROTECTED_PATHS } from "../limit-inputs.ts";

const RULES = { maxFiles: 20, maxLines: 100_000, maxBytes: 10_000_000, protectedPaths: PROTECTED_PATHS };

/** A file as a patch finds it and leaves it. */
export type TextChange = { readonly path: string; readonly before: string; readonly after: string };

/** Judges the change of one file from one text to another. */
export const judgeChange = (path: string, before: string, after: string): Judgement =>
  judgeChanges([{ path, before, after }]);

/** Judges the change of some files from one text to another each. */
export function judgeChanges(files: readonly TextChange[]): Judgement {
  const contents = new Map(
    files.flatMap(({ before, after }) => [before, after].map((text) => [oidOf(text), Buffer.from(text)])),
  );
  const file = (text: string) => ({ mode: "100644", oid: oidOf(text) });
  return judgeText(
    files.map(({ path, before, after }) => ({ path, before: file(before), after: file(after) })),
    files.map(writeDiff).join(""),
    (oid) => contents.get(oid),
    RULES,
    [],
  );
}

const oidOf = (text: string): string => createHash("sha1").update(text).digest("hex");

function writeDiff({ path, before, after }: TextChange): string {
  const { hunks } = structuredPatch(path, path, before, after, "", "", { context: 3 });
  return [
    `diff --git a/${path} b/${path}`,
    `--- a/${path}`,
    `+++ b/${path}`,
    ...hunks.flatMap(({ oldStart, oldLines, newStart, newLines, lines }) => [
      `@@ -${oldStart},${oldLines} +${newStart},${newLines} @@`,
      ...lines,
    ]),
    "",
  ].join("\n");
}

/** Texts that make bad rules slow: they repeat what a pattern begins with and never end it. */
export const SLOW = [
  "catch (",
  "catch {",
  ".catch(() => {",
  "ignoreErrors: [",
  "beforeSend: (e) => ",
  "/*",
  '"',
  "`",
  "new new ",
  "a.b.c.",
  "return ",
  "logger.error(",
  "expect(",
  "\n\n  except Exception:\n",
  "eyJ",
  "https://a:",
  "password = ",
  "a ? b : ",
  "integrations ",
  "[[[[{{{{((((",
  "Err(_) => ",
  "let _ = a(",
  "try? a.b(",
  "rescue _ -> ",
  "case _: E => ",
  "assert_eq!(",
  "{:catch}",
  "<script>",
  'if (flags.a("',
];

/** At least so many characters of it, on a line of their own. */
export const slowText = (piece: string, characters: number): string =>
  `${piece.repeat(Math.ceil(characters / piece.length))}\n`;
