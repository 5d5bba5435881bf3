import { createHash } from "node:crypto";
import { structuredPatch } from "diff";
import { judgeText } from "../judge-text.ts";
import { PROTECTED_PATHS } from "../limit-inputs.ts";

const RULES = { maxFiles: 20, maxLines: 100_000, maxBytes: 10_000_000, protectedPaths: PROTECTED_PATHS };

/** Judges the change of one file from one text to another. */
export function judgeChange(path: string, before: string, after: string) {
  const oid = (text: string) => createHash("sha1").update(text).digest("hex");
  const { hunks } = structuredPatch(path, path, before, after, "", "", { context: 3 });
  const diff = [
    `diff --git a/${path} b/${path}`,
    `--- a/${path}`,
    `+++ b/${path}`,
    ...hunks.flatMap(({ oldStart, oldLines, newStart, newLines, lines }) => [
      `@@ -${oldStart},${oldLines} +${newStart},${newLines} @@`,
      ...lines,
    ]),
    "",
  ].join("\n");
  const contents = new Map([before, after].map((text) => [oid(text), Buffer.from(text)]));
  const file = (text: string) => ({ mode: "100644", oid: oid(text) });
  return judgeText(
    [{ path, before: file(before), after: file(after) }],
    diff,
    (id) => contents.get(id),
    RULES,
    [],
  );
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
];

/** At least so many characters of it, on a line of their own. */
export const slowText = (piece: string, characters: number): string =>
  `${piece.repeat(Math.ceil(characters / piece.length))}\n`;
