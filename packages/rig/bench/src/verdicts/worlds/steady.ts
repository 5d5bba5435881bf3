import { drawLogNormal } from "../draws.ts";
import { daily, isWeekend, weekNumber } from "./hours.ts";
import type { WorldKind } from "./world.ts";

const WEEKEND = 0.4;
const WEEKLY_DRIFT = 0.3;

export const STEADY: readonly WorldKind[] = [
  { name: "one by one", claim: "promise", plan: () => ({}) },
  { name: "daily cycle", claim: "promise", plan: () => ({ operation: daily }) },
  {
    name: "daily cycle, weekends at 40 %, weeks that differ by 30 %",
    claim: "promise",
    plan: (random) => {
      const weeks = new Map<number, number>();
      const levelIn = (week: number) => {
        const level = weeks.get(week) ?? drawLogNormal(WEEKLY_DRIFT, random);
        weeks.set(week, level);
        return level;
      };
      return {
        operation: (bucket, at) =>
          daily(bucket, at) * (isWeekend(at) ? WEEKEND : 1) * levelIn(weekNumber(at)),
      };
    },
  },
];
