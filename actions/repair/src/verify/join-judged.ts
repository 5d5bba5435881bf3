import type { RepairBaseline } from "@patchpilot/incident";
import { type ComparedTests, MOST_NAMES } from "./baseline.ts";

/** Tests of one command, and the folder that it ran in. */
export type PlacedTests = { readonly folder: string; readonly judged: ComparedTests };

/** What the tests of several commands come to together: what got worse in one of them got worse. Pure. */
export function joinJudged(all: readonly PlacedTests[]): ComparedTests | undefined {
  const [first] = all;
  if (first === undefined || all.length === 1) return first?.judged;
  const sentences = all.flatMap(({ folder, judged: { sentence } }) =>
    sentence === undefined ? [] : [tell(folder, sentence)],
  );
  return {
    passed: all.every(({ judged }) => judged.passed),
    isTested: all.every(({ judged }) => judged.isTested),
    sentence: sentences.length === 0 ? undefined : sentences.join(" "),
    baseline: joinBaselines(all),
  };
}

/** A name or a sentence with where it is from. */
const tell = (folder: string, text: string): string => (folder === "" ? text : `${folder}: ${text}`);

function joinBaselines(all: readonly PlacedTests[]): RepairBaseline {
  const baselines = all.map(({ judged }) => judged.baseline);
  const names = (pick: (baseline: RepairBaseline) => readonly string[]): string[] =>
    all
      .flatMap(({ folder, judged }) => pick(judged.baseline).map((name) => tell(folder, name)))
      .slice(0, MOST_NAMES);
  const sentences = (pick: (baseline: RepairBaseline) => string | undefined): string | undefined =>
    all
      .flatMap(({ folder, judged }) => {
        const text = pick(judged.baseline);
        return text === undefined ? [] : [tell(folder, text)];
      })
      .join(" ") || undefined;
  const exitCodes = baselines.map(({ exitCode }) => exitCode);
  return {
    source: [...new Set(baselines.map(({ source }) => source))].join(", "),
    unread: sentences(({ unread }) => unread),
    exitCode: exitCodes.find((code) => code !== 0) ?? (exitCodes.includes(null) ? null : 0),
    redOnBase: names(({ redOnBase }) => redOnBase),
    redOnBaseCount: countRed(all),
    newlyRed: names(({ newlyRed }) => newlyRed),
    newlyGreen: names(({ newlyGreen }) => newlyGreen),
    flaky: names(({ flaky }) => flaky),
    flakyCommand: baselines.some(({ flakyCommand }) => flakyCommand),
    vanished: names(({ vanished }) => vanished),
    vanishedCount: baselines.reduce((sum, { vanishedCount }) => sum + vanishedCount, 0),
    worse: sentences(({ worse }) => worse),
  };
}

/** A command that is simply green has no red tests, whether it names them or not. */
function countRed(all: readonly PlacedTests[]): number | null {
  const counts = all.map(({ judged }) =>
    judged.sentence === undefined && judged.passed ? 0 : judged.baseline.redOnBaseCount,
  );
  return counts.includes(null) ? null : counts.reduce<number>((sum, count) => sum + (count ?? 0), 0);
}
