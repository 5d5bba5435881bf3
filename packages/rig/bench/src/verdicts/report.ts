import type { Done } from "./cell-worker.ts";
import { compareLatencyTargets, type LatencyFigures } from "./latency-cells.ts";
import { describeLatency } from "./latency-tables.ts";
import type { JudgeName } from "./play/judges.ts";
import type { WorldFigures } from "./play/play-world.ts";
import { describeEtas, describeInShort, describeWorlds } from "./play/world-tables.ts";
import { compareWorldTargets, findUnpromised } from "./play/world-targets.ts";
import type { CellFigures } from "./run-cell.ts";
import { describeCells, describeMissed, describeTargets } from "./tables.ts";
import { compareTargets, compareUnpromised, type VerdictTarget } from "./targets.ts";

/** What was measured, and what it is held to. Plain JSON. */
export type VerdictReport = {
  readonly errors: readonly CellFigures[];
  readonly latency: readonly LatencyFigures[];
  readonly worlds: readonly WorldFigures[];
  /** The same incidents by version 2 of the rule, where waits are compared with its. */
  readonly alone: readonly WorldFigures[];
  readonly targets: readonly VerdictTarget[];
  /** Where nothing is promised, and it is worse than what is promised elsewhere. */
  readonly unpromised: readonly VerdictTarget[];
};

/** @param judge whose worlds are reported */
export function makeReport(
  done: readonly Done[],
  judge: JudgeName,
  more: readonly VerdictTarget[],
): VerdictReport {
  const errors = done.flatMap((each) => (each.rule === "errors" ? [each.figures] : []));
  const latency = done.flatMap((each) => (each.rule === "latency" ? [each.figures] : []));
  const playedBy = (name: JudgeName) =>
    done.flatMap((each) => (each.rule === "world" && each.judge === name ? [each.figures] : []));
  const worlds = playedBy(judge);
  const alone = playedBy("alone");
  return {
    errors,
    latency,
    worlds,
    alone,
    targets: [
      ...errors.flatMap(compareTargets),
      ...latency.flatMap(compareLatencyTargets),
      ...worlds.flatMap((each) => compareWorldTargets(each, findMedian(alone, each))),
      ...more,
    ],
    unpromised: [...errors.flatMap(compareUnpromised), ...worlds.flatMap(findUnpromised)],
  };
}

const findMedian = (figures: readonly WorldFigures[], { cell }: WorldFigures): number | null | undefined =>
  figures.find((each) => {
    const { name, perHour, residue } = each.cell;
    return name === cell.name && perHour === cell.perHour && residue === cell.residue;
  })?.medianHours;

/** All of it as Markdown. */
export function describeReport({ errors, latency, worlds, targets, unpromised }: VerdictReport): string {
  const missed = targets.filter(({ met }) => !met);
  const fixed = worlds.filter(({ eta }) => eta !== null);
  return [
    section(
      errors,
      "Errors: recovered / failing within 48 h, and the median time to recovered",
      describeCells,
    ),
    section(latency, "Latency", describeLatency),
    section(worlds, "Worlds: recovered / failing, and the median time to recovered", describeWorlds),
    section(
      worlds,
      "Each world in one line: the worst rate, and the median time to recovered",
      describeInShort,
    ),
    section(
      fixed,
      "The first ETA: recovered after 1.5 times as long, or never / sooner than 2/3 of it",
      describeEtas,
    ),
    section(targets, "What is promised", describeTargets),
    section(missed, "Missed", describeMissed),
    section(unpromised, "Not promised, and worse than what is promised elsewhere", describeMissed),
  ]
    .filter((text) => text !== "")
    .join("\n\n");
}

const section = <Row>(
  rows: readonly Row[],
  title: string,
  describe: (rows: readonly Row[]) => string,
): string => (rows.length === 0 ? "" : `## ${title}\n\n${describe(rows)}`);
