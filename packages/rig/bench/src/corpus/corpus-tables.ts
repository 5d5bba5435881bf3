import { markdownTable } from "markdown-table";
import type { CorpusScore, Hits } from "./score-corpus.ts";

/** The scores of a part as a table, a row for each SDK and one for all. */
export function describeScores(scores: readonly CorpusScore[]): string {
  const rows = [...scores, { sdk: "all", ...sumScores(scores) }].map((one) => [
    one.sdk,
    ...[one.frames, one.crashes, one.exceptions, one.categories].map(describeHits),
    String(one.sureAndWrong),
  ]);
  const head = ["SDK", "frames", "crashes", "main exceptions", "categories", "wrong above .75"];
  return markdownTable([head, ...rows], { align: ["l", "r", "r", "r", "r", "r"] });
}

/** What all SDKs have together. */
export function sumScores(scores: readonly CorpusScore[]): Omit<CorpusScore, "sdk" | "part" | "misses"> {
  const sum = (pick: (one: CorpusScore) => Hits): Hits => ({
    right: scores.reduce((total, one) => total + pick(one).right, 0),
    all: scores.reduce((total, one) => total + pick(one).all, 0),
  });
  return {
    frames: sum(({ frames }) => frames),
    crashes: sum(({ crashes }) => crashes),
    exceptions: sum(({ exceptions }) => exceptions),
    categories: sum(({ categories }) => categories),
    sureAndWrong: scores.reduce((total, one) => total + one.sureAndWrong, 0),
  };
}

const describeHits = ({ right, all }: Hits): string => `${right} of ${all}`;
