import type { Relapse } from "../worlds/relapses.ts";

/** One case of the watch; what is drawn, and what is held against it. */
export type WatchCell = Relapse & {
  readonly name: string;
  readonly group: WatchGroup;
  /** Hours from look to look, of those in which errors came. */
  readonly lookEvery: number;
};

/**
 * back: it came back whole, or a third of it. gone: at most 5 % are left and nothing comes back. tenth: a tenth is left.
 * late: only old clients still have it. printed: nothing is promised.
 */
export type WatchGroup = "back" | "gone" | "tenth" | "late" | "printed";

/** When it comes back; never where a tenth or less comes. In hours since the close. */
export const returnsAt = ({ back }: Relapse): number =>
  back !== null && back.share > TENTH ? back.afterHours : Number.POSITIVE_INFINITY;

const RATES = [0.5, 1, 5, 20] as const;
/** When a relapse begins, in hours since the close. */
export const BEGINS = [1, 6, 24, 72, 240, 720] as const;
const LATER = [240, 720] as const;
const SHARES = [1, 1 / 3] as const;
const STEADY = ["one by one", "daily cycle"] as const;
const BURSTS = ["bursts of 4"] as const;
/** Of the watch. */
export const DAYS = 90;
export const TENTH = 0.1;
/** A relapse is followed for so long. */
const DAYS_OF_RELAPSE = 6;
const NO_STRAGGLERS = { count: 0, nameRelease: true };
const LATE = 3;
/** Where the figure is large, six hours between looks do not change it. */
const RARELY = 6;

const percentText = (share: number) => `${Math.round(share * 100)} %`;

const back = (
  group: WatchGroup,
  pattern: Relapse["pattern"],
  perHour: number,
  share: number,
  afterHours: number,
): WatchCell => ({
  name: `${pattern}, ${perHour}/h, ${percentText(share)} back after ${afterHours} h`,
  group,
  pattern,
  perHour,
  left: 0,
  back: { share, afterHours },
  stragglers: NO_STRAGGLERS,
  days: Math.ceil(afterHours / 24) + DAYS_OF_RELAPSE,
  lookEvery: 1,
});

const left = (group: WatchGroup, pattern: Relapse["pattern"], perHour: number, share: number): WatchCell => ({
  name: `${pattern}, ${perHour}/h, ${percentText(share)} left`,
  group,
  pattern,
  perHour,
  left: share,
  back: null,
  stragglers: NO_STRAGGLERS,
  days: DAYS,
  lookEvery: group === "gone" || group === "late" ? 1 : RARELY,
});

const late = (perHour: number, nameRelease: boolean): WatchCell => ({
  ...left("late", "one by one", perHour, 0),
  name: `${perHour}/h, nothing left, ${LATE} late errors of old clients that ${nameRelease ? "name" : "do not name"} their release`,
  stragglers: { count: LATE, nameRelease },
});

/** What is left, or comes back, lies on the far side of what is promised. */
function mixed(perHour: number, afterHours: number): WatchCell[] {
  const cell = (share: number, remains: number): WatchCell => {
    const plain = back("printed", "one by one", perHour, share, afterHours);
    return { ...plain, name: `${plain.name}, ${percentText(remains)} left before`, left: remains };
  };
  const tenth = { ...cell(TENTH, 0), days: DAYS, lookEvery: RARELY };
  return [cell(1, TENTH), cell(1 / 3, 0.05), tenth];
}

/** Every case, in the order in which it is printed. */
export const WATCH_CELLS: readonly WatchCell[] = [
  ...STEADY.flatMap((pattern) =>
    RATES.flatMap((perHour) =>
      SHARES.flatMap((share) => BEGINS.map((after) => back("back", pattern, perHour, share, after))),
    ),
  ),
  ...STEADY.flatMap((pattern) =>
    RATES.flatMap((perHour) => [
      ...[0, 0.02, 0.05].map((share) => left("gone", pattern, perHour, share)),
      left("tenth", pattern, perHour, TENTH),
    ]),
  ),
  ...RATES.flatMap((perHour) => [true, false].map((nameRelease) => late(perHour, nameRelease))),
  ...BURSTS.flatMap((pattern) =>
    RATES.flatMap((perHour) => [
      ...SHARES.map((share) => back("printed", pattern, perHour, share, 72)),
      ...[0.02, 0.05, TENTH].map((share) => left("printed", pattern, perHour, share)),
    ]),
  ),
  ...RATES.flatMap((perHour) => LATER.flatMap((after) => mixed(perHour, after))),
];
