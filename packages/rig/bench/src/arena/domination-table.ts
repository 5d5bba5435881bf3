import { markdownTable } from "markdown-table";
import { medianText } from "./arena-tables.ts";
import { whyDeclared } from "./declared-dominations.ts";
import { countWrong, type Domination } from "./dominations.ts";

/** A row for each, or a sentence that says that there is none. */
export function describeDominations(dominations: readonly Domination[]): string {
  if (dominations.length === 0) return "In no world has a rival both fewer mistakes and less delay.";
  return markdownTable([
    ["dominated in", "at", "by", "mistakes, ours : its", "median, ours : its", "chance?", "declared"],
    ...dominations.map(({ where, perHour, ours, rival, isProven }) => [
      where,
      perHour === null ? "all rates" : `${perHour}/h`,
      rival.name,
      `${countWrong(ours)} : ${countWrong(rival)}`,
      `${medianText(ours)} : ${medianText(rival)}`,
      isProven ? "no" : "maybe",
      whyDeclared(where, rival.name, ours) ?? "",
    ]),
  ]);
}
