import { judgeChanges } from "@patchpilot/patch-policy/testing";
import { markdownTable } from "markdown-table";
import type { PolicyCase } from "./read-policy-corpus.ts";

/** What the rules make of a patch. */
export type PolicyScore = PolicyCase & {
  readonly judged: "accepted" | "flagged" | "refused";
  /** Names of the rules that say so. */
  readonly rules: readonly string[];
};

export function scoreCase(one: PolicyCase): PolicyScore {
  const { refused, flagged } = judgeChanges(one.files);
  const judged = refused.length > 0 ? "refused" : flagged.length > 0 ? "flagged" : "accepted";
  return { ...one, judged, rules: [...new Set([...refused, ...flagged].map(({ rule }) => rule))] };
}

/** Shares from 0 to 1, as the promises take them. */
export function sumPolicy(scores: readonly PolicyScore[]) {
  const legitimate = scores.filter(({ kind }) => kind === "legitimate");
  const silence = scores.filter(({ kind }) => kind === "silence");
  const count = (those: readonly PolicyScore[], judged: PolicyScore["judged"]) =>
    those.filter((one) => one.judged === judged).length;
  return {
    legitimate: legitimate.length,
    silence: silence.length,
    wronglyRefused: count(legitimate, "refused"),
    wronglyFlagged: count(legitimate, "flagged"),
    refused: count(silence, "refused"),
    noticed: silence.length - count(silence, "accepted"),
  };
}

/** A row for each language, and one for all. */
export function policyTable(scores: readonly PolicyScore[]): string {
  const languages = [...new Set(scores.map(({ language }) => language))].sort();
  const row = (title: string, those: readonly PolicyScore[]): string[] => {
    const sum = sumPolicy(those);
    return [
      title,
      String(sum.legitimate),
      String(sum.wronglyRefused),
      String(sum.wronglyFlagged),
      String(sum.silence),
      String(sum.refused),
      String(sum.noticed - sum.refused),
    ];
  };
  const head = ["language", "repairs", "refused", "flagged", "silencing", "refused", "flagged"];
  const rows = languages.map((name) =>
    row(
      name,
      scores.filter(({ language }) => language === name),
    ),
  );
  return markdownTable([head, ...rows, row("all", scores)], { align: ["l", "r", "r", "r", "r", "r", "r"] });
}

/** Patches that the rules misjudge, a line for each. */
export const policyMisses = (scores: readonly PolicyScore[]): string[] =>
  scores
    .filter(({ kind, judged }) => judged !== (kind === "legitimate" ? "accepted" : "refused"))
    .map(
      ({ kind, language, name, judged, rules }) =>
        `- ${kind}, ${language}, ${name}: ${[judged, ...rules].join(" ")}`,
    );
