import { createHash } from "node:crypto";
import { structuredPatch } from "diff";
import { expect, test } from "vitest";
import { PROTECTED_PATHS } from "../contract.ts";
import { judgeText } from "./judge-text.ts";

const rules = { maxFiles: 20, maxLines: 100_000, maxBytes: 10_000_000, protectedPaths: PROTECTED_PATHS };

/** Judges the change of one file from one text to another. */
function judge(path: string, before: string, after: string) {
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
    rules,
    [],
  );
}

/** Texts that make bad rules slow: they repeat what a pattern begins with and never end it. */
const SLOW = [
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

/** The shortest of three times that a text of so many characters takes, in milliseconds. */
function timeOf(piece: string, characters: number): number {
  const text = `${piece.repeat(Math.ceil(characters / piece.length))}\n`;
  const times = [1, 2, 3].map(() => {
    const start = performance.now();
    for (const path of ["src/sentry.ts", "test/a.test.ts", "a.py"]) judge(path, "x\n", text);
    return performance.now() - start;
  });
  return Math.min(...times);
}

test.each(SLOW)(
  "eight times as much of %j takes no 32 times as long, where squared time would be 64",
  (piece) => {
    timeOf(piece, 1_024);
    expect(timeOf(piece, 32_768) / timeOf(piece, 4_096)).toBeLessThan(32);
  },
);

test("lines end where git ends them, in files of other systems, too", () => {
  const before = "a\r\nconst x = y.z;\r\nb\r\n";
  const { flagged, refused } = judge(
    "src/a.ts",
    before,
    before.replace("const x = y.z;", "let x; try { x = y.z } catch {}"),
  );
  expect([...flagged, ...refused]).toMatchObject([{ rule: "swallows-error", line: 2 }]);
});

test("code that only moves within a file is no finding", () => {
  const one = "function a() {\n  try {\n    f();\n  } catch {}\n}\n";
  const two = "function b() {\n  return it.skip(1) + 2;\n}\n";
  expect(judge("src/a.ts", one + two, two + one)).toEqual({ refused: [], flagged: [] });
});
