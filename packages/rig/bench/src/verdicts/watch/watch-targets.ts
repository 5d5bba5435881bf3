import { shareTarget, type VerdictTarget } from "../targets.ts";
import type { WatchFigures } from "./run-watch-cell.ts";

/** What one cell of the watch is held to; empty where nothing is promised. */
export function compareWatchTargets(figures: WatchFigures): VerdictTarget[] {
  switch (figures.cell.group) {
    case "back":
      return [...foundTargets(figures), ...awayTargets(figures)];
    case "gone":
      return [mostBack(figures, "back, with at most 5 % left", 0.01)];
    case "tenth":
      return tenthTargets(figures);
    case "late":
      return figures.cell.stragglers.nameRelease
        ? [mostBack(figures, "back, for late errors of old clients", 0)]
        : [mostBack(figures, "back, for late errors that name no release", 0.01)];
    case "printed":
      return [];
  }
}

function mostBack({ cell, trials, falselyBack }: WatchFigures, what: string, atMost: number): VerdictTarget {
  return shareTarget(cell.name, what, { count: falselyBack, of: trials }, { atMost });
}

function foundTargets({ cell, trials, ...found }: WatchFigures): VerdictTarget[] {
  const target = (what: string, count: number, atLeast: number) =>
    shareTarget(cell.name, what, { count, of: trials }, { atLeast });
  if (cell.back?.share === 1) {
    return [target("whole relapse found within 24 h of its fifth error", found.within24Hours, 0.98)];
  }
  return cell.perHour >= 1
    ? [target("relapse to a third found within 3 days", found.within3Days, 0.9)]
    : [target("relapse to a third found within 5 days", found.within5Days, 0.9)];
}

/** No target where it was found before anything else could be said. */
function awayTargets({ cell, looksOverRelapse, awayOverRelapse }: WatchFigures): VerdictTarget[] {
  if (looksOverRelapse === 0) return [];
  const looks = { count: awayOverRelapse, of: looksOverRelapse };
  return [shareTarget(cell.name, "looks at a relapse that say still away", looks, { atMost: 0.05 })];
}

function tenthTargets(figures: WatchFigures): VerdictTarget[] {
  const { cell, trials, last } = figures;
  const targets = [mostBack(figures, "back, with a tenth left", 0.01)];
  if (cell.perHour < 1) return targets;
  const said = { count: last.tenth, of: trials };
  return [...targets, shareTarget(cell.name, "a tenth left is said after 90 days", said, { atLeast: 0.9 })];
}
