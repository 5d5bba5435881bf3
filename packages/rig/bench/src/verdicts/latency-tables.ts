import { markdownTable } from "markdown-table";
import { LATENCY_GROUPS, type LatencyGroup } from "./latency-catalogue.ts";
import type { LatencyFigures } from "./latency-cells.ts";
import { percent } from "./share.ts";

const VERDICTS = {
  scan: ["regressed", "slow", "steady", "insufficient"],
  search: ["regressed", "steady", "insufficient"],
  recovery: ["recovered", "failing", "inconclusive"],
} as const;

/** All latency cells as Markdown: a table a group, a row a cell, a column a verdict. */
export function describeLatency(figures: readonly LatencyFigures[]): string {
  return (Object.keys(LATENCY_GROUPS) as LatencyGroup[])
    .map((group) => describeGroup(group, figures))
    .filter((text) => text !== "")
    .join("\n\n");
}

function describeGroup(group: LatencyGroup, figures: readonly LatencyFigures[]): string {
  const rows = figures.filter(({ cell }) => cell.group === group);
  const rule = rows[0]?.cell.rule;
  if (rule === undefined) return "";
  const verdicts = VERDICTS[rule];
  const timed = rule === "recovery";
  const body = rows.map(({ cell, trials, verdicts: counts, medianHours }) => [
    cell.name,
    ...verdicts.map((verdict) => percent((counts[verdict] ?? 0) / trials)),
    ...(timed ? [medianHours === null ? "" : `${medianHours} h`] : []),
  ]);
  const head = ["cell", ...verdicts, ...(timed ? ["median to recovered"] : [])];
  return `### ${LATENCY_GROUPS[group]}\n\n${markdownTable([head, ...body])}`;
}
