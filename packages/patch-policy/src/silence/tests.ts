import { findIn, gained, type Occurrence } from "../text/occurrences.ts";
import type { PatchedFile, PatchText, Version } from "../text/patched-file.ts";
import { type SilenceSighting, sightAll, sighting } from "./sighting.ts";
import { pickTestLanguage } from "./test-language.ts";
import { inlineTestsFrom } from "./test-lines.ts";

/** One case for each row of a table: fewer cases and assertions in the text, not in the run. */
const TABLE =
  /\.(?:each|for)\s*[(`]|\bparametrize\b|\bsubTest\s*\(|@(?:ParameterizedTest|MethodSource|CsvSource|ValueSource|DataProvider)\b|\[(?:InlineData|MemberData|DataRow|TestCase|Theory)\b|\bdataProvider\b|\b(?:for|each)\b[^\n]*\b(?:range|of|in|do)\b|\.forEach\s*\(|->with\s*\(/g;

/** Assertions that cannot fail, or hardly. */
const HOLLOW =
  /\bexpect\s*\(\s*(?:true|1|!0|"[^"]*"|'[^']*')\s*\)|\bassert\w*(?:\.\w+)?\s*\(?\s*(?:true|True|1)\b(?!\s*[=!<>,])|\bassert\s+(?:True|1)\b|\bassertTrue\s*\(\s*(?:true|True)|\bAssert\.(?:True|IsTrue)\s*\(\s*true|\.(?:toBeDefined|toBeTruthy)\s*\(\s*\)|\.not\.toThrow\s*\(\s*\)|\bexpect\.anything\s*\(|\bassert(?:IsNotNone|NotNull)\s*\(|\bAssert\.(?:NotNull|Pass)\s*\(|\bdoes_not_throw\b|\bassert!\s*\(\s*true|\bXCTAssert(?:True)?\s*\(\s*true|\bexpect\(\s*true\s*,|\bassert\s+true\b|\bassertNotNull\s*\(/g;

const inTests =
  (
    pattern: (version: Version) => RegExp | undefined,
    text: (version: Version) => string = ({ code }) => code,
  ) =>
  (version: Version): Occurrence[] => {
    const from = inlineTestsFrom(version);
    const found = from < Number.POSITIVE_INFINITY ? pattern(version) : undefined;
    if (found === undefined) return [];
    return findIn(version, text(version), found, () => "same").filter((one) => one.from >= from);
  };

const cases = inTests(({ language }) => pickTestLanguage(language.name)?.cases);
const skips = inTests(({ language }) => pickTestLanguage(language.name)?.skips);
/** A test that ends before it asserts. A new file of tests has its own ways. */
const endings = (files: readonly PatchedFile[]) =>
  gained(
    { files: files.filter(({ before, after }) => before !== undefined && after !== undefined) },
    inTests(() => /(?:^|[){;])[ \t]*(?:return|os\._exit\(0\)|process\.exit\(0\))[ \t]*;?[ \t]*(?=$|\})/gm),
  );
const tables = inTests(() => TABLE);
const hollow = inTests(
  () => HOLLOW,
  ({ bare }) => bare,
);
const assertions = (version: Version): Occurrence[] => {
  const all = inTests(({ language }) => pickTestLanguage(language.name)?.assertions)(version);
  const none = new Set(hollow(version).map(({ from }) => from));
  return all.filter(({ from }) => !none.has(from));
};

const count = (
  files: readonly PatchedFile[],
  side: "before" | "after",
  find: (version: Version) => Occurrence[],
) => files.reduce((sum, file) => sum + (file[side] === undefined ? 0 : find(file[side]).length), 0);

/** Tests that are removed, skipped, or assert less. A test that only moves, or is written anew, is none of it. Pure. */
export function judgeTests(patch: PatchText): SilenceSighting[] {
  const files = patch.files.filter(({ kind, path }) => kind === "test" || path.endsWith(".rs"));
  const isTable = gained({ files }, tables).length > 0;
  const missing = count(files, "before", cases) - count(files, "after", cases);
  const weaker = count(files, "before", assertions) - count(files, "after", assertions);
  return [
    ...(missing > 0 && !isTable ? [removedTests(files, missing)].flat() : []),
    ...sightAll([...gained({ files }, skips), ...endings(files)], "skips-test", "skips a test"),
    ...(weaker > 0 && missing <= 0 && !isTable
      ? files.filter((file) => lessIn(file, assertions)).map(weakened)
      : []),
    ...judgePatience(files),
  ];
}

const lessIn = (file: PatchedFile, find: (version: Version) => Occurrence[]): boolean =>
  count([file], "before", find) > count([file], "after", find);

function removedTests(files: readonly PatchedFile[], missing: number): SilenceSighting[] {
  return files
    .filter((file) => lessIn(file, cases))
    .map(({ path, after }) => {
      const told =
        after === undefined
          ? `\`${path}\`, a file of tests, is deleted.`
          : `\`${path}\` loses tests (${missing} fewer in this patch).`;
      return sighting("deletes-test", told, { path, from: 1, spans: [] }, "before");
    });
}

const weakened = ({ path }: PatchedFile): SilenceSighting =>
  sighting("removes-assertion", `\`${path}\` asserts less than before.`, { path, from: 1, spans: [] });

/** Numbers by which a test waits or tries again. */
const PATIENCE =
  /\b(\w*(?:[tT]imeout|[rR]etr(?:y|ies)|retryTimes|reruns|flaky|maxAttempts|waitFor)\w*)["']?\s*(?:[:=(]|=>)\s*(\d[\d_]*\.?\d*)|\}\s*,\s*()(\d{4,})\s*\)|\b((?:[tT]ime\.)?[sS]leep|waitForTimeout|Delay)\s*\(\s*(\d[\d_]*\.?\d*)/g;

function judgePatience(files: readonly PatchedFile[]): SilenceSighting[] {
  return files.flatMap(({ path, before, after }) => {
    // A new test chooses how long it waits.
    if (before === undefined || after === undefined) return [];
    const earlier = readPatience(before);
    return [...readPatience(after)].flatMap(([name, now]) => {
      if (now.most <= (earlier.get(name)?.most ?? 0)) return [];
      const place = { path, from: now.line, spans: [] };
      return sightAll([place], "patient-test", "waits longer or tries more often");
    });
  });
}

function readPatience(version: Version): Map<string, { most: number; line: number }> {
  const found = new Map<string, { most: number; line: number }>();
  for (const match of version.code.matchAll(PATIENCE)) {
    const name = match[1] ?? match[5] ?? "case";
    const value = Number((match[2] ?? match[4] ?? match[6] ?? "0").replaceAll("_", ""));
    if (value > (found.get(name)?.most ?? -1))
      found.set(name, { most: value, line: version.lineOf(match.index) });
  }
  return found;
}
