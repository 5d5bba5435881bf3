import type { ProofLevel } from "@patchpilot/incident";
import { markdownTable } from "markdown-table";
import { type Case, LANGUAGES } from "./case.ts";

/** What came of a case; a fault is why it could not be judged. */
export type JudgedCase = {
  readonly of: Pick<Case, "name" | "language" | "kind" | "expect">;
  readonly seconds: number;
} & ({ readonly level: ProofLevel; readonly reason: string } | { readonly fault: string });

const LEVELS: readonly ProofLevel[] = ["proven", "reproduced", "tested", "cannot-be-shown", "not-verified"];
const KINDS = ["fix", "vacuous"] as const;

const isShown = (outcome: JudgedCase): boolean =>
  "level" in outcome && (outcome.level === "proven" || outcome.level === "reproduced");
const isProven = (outcome: JudgedCase): boolean => "level" in outcome && outcome.level === "proven";

/** How many cases of each language and kind came to which level, as Markdown. Pure. */
export function tabulate(outcomes: readonly JudgedCase[]): string {
  const rows = [...LANGUAGES, "all"].flatMap((language) =>
    KINDS.map((kind) => {
      const own = outcomes.filter(
        ({ of }) => of.kind === kind && (language === "all" || of.language === language),
      );
      const counts = LEVELS.map((level) => own.filter((one) => "level" in one && one.level === level).length);
      return [language, kind, own.length, ...counts, own.filter((one) => "fault" in one).length].map(String);
    }).filter(([, , count]) => count !== "0"),
  );
  const head = [
    "language",
    "kind",
    "cases",
    ...LEVELS.map((level) => level.replaceAll("-", " ")),
    "not judged",
  ];
  return markdownTable([head, ...rows], { align: ["l", "l", ...head.slice(2).map(() => "r")] });
}

/** What is less than the proof promises, in sentences; empty if it keeps its word. Pure. */
export function findBreaches(outcomes: readonly JudgedCase[]): string[] {
  const fixes = outcomes.filter(({ of }) => of.kind === "fix");
  const shown = fixes.filter(isShown).length;
  const proven = fixes.filter(isProven).length;
  const fooled = outcomes.filter((one) => one.of.kind === "vacuous" && isShown(one));
  const faults = outcomes.filter((one) => "fault" in one);
  return [
    ...(shown < 0.9 * fixes.length
      ? [`Only ${shown} of ${fixes.length} fixes are proven or reproduced, not 90 %.`]
      : []),
    ...(proven < 0.5 * fixes.length ? [`Only ${proven} of ${fixes.length} fixes are proven, not 50 %.`] : []),
    ...fooled.map(({ of }) => `${of.name} mends nothing that it shows, and passes for more than tested.`),
    ...faults.map(({ of }) => `${of.name} could not be judged.`),
  ];
}

const RANK = { proven: 2, reproduced: 1, "at most tested": 0 } as const;

/** Cases that came to another level than a fair judge would give them. Pure. */
export function findMisses(outcomes: readonly JudgedCase[]): JudgedCase[] {
  return outcomes.filter((one) => {
    const rank = isProven(one) ? 2 : isShown(one) ? 1 : 0;
    return "fault" in one || rank !== RANK[one.of.expect];
  });
}
