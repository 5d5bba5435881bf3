import type { LatencyVerdict, RecoveryVerdict } from "@patchpilot/verdict";
import type { RecoveryCell } from "./latency-recovery.ts";
import type { ScanCell, SearchingScanCell } from "./latency-scan.ts";
import type { Drift, LatencyWorld } from "./latency-world.ts";

type Limit = { readonly verdict: LatencyVerdict | RecoveryVerdict } & (
  | { readonly atMost: number }
  | { readonly atLeast: number }
);

/** What is simulated of one latency rule, and what is promised of it. Plain JSON, so that workers can be sent it. */
export type LatencyCell = {
  readonly name: string;
  readonly group: LatencyGroup;
  readonly limits?: readonly Limit[];
} & (
  | { readonly rule: "scan"; readonly play: ScanCell }
  | { readonly rule: "search"; readonly play: SearchingScanCell }
  | { readonly rule: "recovery"; readonly play: RecoveryCell }
);

export const LATENCY_GROUPS = {
  unchanged: "A scan of an operation that did not change",
  slower: "A scan of an operation that became slower",
  unknown: "A scan that cannot know",
  threshold: "A scan of an operation whose p95 lies near the threshold of 1",
  search: "A scan of the last day that searches for the hour since which it is slow, as perf-scan does",
  recovery: "After a deploy, looked at every hour for 48 h",
} as const;
export type LatencyGroup = keyof typeof LATENCY_GROUPS;

const DAYS: Drift = { kind: "days", size: 0.1 };
const WALK: Drift = { kind: "walk", size: 0.1 };
const DRIFTS = [
  ["no drift", null],
  ["days differ by 10 %", DAYS],
  ["each day 10 % from the last", WALK],
] as const;

const WORLD: LatencyWorld = { perHour: 50, sigma: 0.6, cycle: 0.5, drift: null };

/** Six hours at the daily peak, against the same hours of seven days. */
const SCAN: ScanCell = {
  ...WORLD,
  windowHours: 6,
  baselineDays: 7,
  startHour: 11,
  factor: 1,
};
const DAY = { windowHours: 24, startHour: 0 };
const RECOVERY: RecoveryCell = { ...WORLD, factor: 1.5, left: 0, slowHours: 36 };

type Options = { readonly limits?: readonly Limit[] };

const scan = (
  group: LatencyGroup,
  name: string,
  play: Partial<ScanCell>,
  more: Options = {},
): LatencyCell => ({
  name,
  group,
  rule: "scan",
  play: { ...SCAN, ...play },
  ...more,
});

/** A level that wanders is told apart from a rise only by its size: one in thirty is the promise there. */
const mostFalse = (drift: Drift | null): Options => ({
  limits: [{ verdict: "regressed", atMost: drift?.kind === "walk" ? 0.03 : 0.02 }],
});

const unchanged: readonly LatencyCell[] = DRIFTS.flatMap(([text, drift]) => [
  ...[20, 50, 300].map((perHour) =>
    scan("unchanged", `${perHour}/h, 6 h, ${text}`, { perHour, drift }, mostFalse(drift)),
  ),
  scan("unchanged", `50/h, 24 h, ${text}`, { ...DAY, drift }, mostFalse(drift)),
  scan(
    "unchanged",
    `50/h, 24 h, p95 only, ${text}`,
    { ...DAY, drift, withoutShares: true },
    mostFalse(drift),
  ),
  scan("unchanged", `50/h, 6 h, one day before, ${text}`, { drift, baselineDays: 1 }, mostFalse(drift)),
]);

const POWER: Options = { limits: [{ verdict: "regressed", atLeast: 0.85 }] };
const slower: readonly LatencyCell[] = [
  ...[20, 30, 50, 100, 300].map((perHour) =>
    scan("slower", `×1.5, ${perHour}/h, 6 h`, { perHour, factor: 1.5 }, perHour < 50 ? {} : POWER),
  ),
  scan("slower", "×1.5, 50/h, 24 h", { ...DAY, factor: 1.5 }, POWER),
  scan("slower", "×1.5, 50/h, 24 h, p95 only", { ...DAY, factor: 1.5, withoutShares: true }, POWER),
  scan("slower", "×1.5, 50/h, 6 h, long tail", { factor: 1.5, sigma: 1 }),
  scan("slower", "×1.5, 50/h, 6 h, one day before", { factor: 1.5, baselineDays: 1 }),
  scan("slower", "×1.5, 50/h, 6 h, days differ by 10 %", { factor: 1.5, drift: DAYS }),
  scan("slower", "×2, 50/h, 6 h, days differ by 10 %", { factor: 2, drift: DAYS }, POWER),
  scan("slower", "×1.2, 50/h, 6 h", { factor: 1.2 }),
  scan("slower", "×1.3, 50/h, 6 h", { factor: 1.3 }),
];

const CANNOT: Options = { limits: [{ verdict: "insufficient", atLeast: 0.99 }] };
const unknown: readonly LatencyCell[] = [
  scan("unknown", "×1.5, 5/h, 6 h", { perHour: 5, factor: 1.5 }, CANNOT),
  scan("unknown", "×1.5, 50/h, nothing before", { factor: 1.5, baselineDays: 0 }, CANNOT),
  scan("unknown", "×1.5, 50/h, 6 h, p95 only", { factor: 1.5, withoutShares: true }, CANNOT),
];

const threshold: readonly LatencyCell[] = [0.8, 0.9, 1.1, 1.25].flatMap((p95) =>
  DRIFTS.slice(0, 2).map(([text, drift]) =>
    scan("threshold", `p95 at ${p95}, 6 h, ${text}`, { cycle: 0, drift, thresholdRatio: 1 / p95 }),
  ),
);

const search = (name: string, play: Partial<SearchingScanCell>, more: Options = {}): LatencyCell => ({
  name,
  group: "search",
  rule: "search",
  play: { ...WORLD, factor: 1, slowHours: 0, ...play },
  ...more,
});

/** Searching costs: a level that wanders is found high more often. Independent days keep the promise. */
const searches: readonly LatencyCell[] = [
  ...DRIFTS.flatMap(([text, drift]) =>
    [50, 300].map((perHour) =>
      search(
        `unchanged, ${perHour}/h, ${text}`,
        { perHour, drift },
        {
          limits: [{ verdict: "regressed", atMost: drift?.kind === "walk" ? 0.04 : 0.02 }],
        },
      ),
    ),
  ),
  search("×1.5 for 24 h, 50/h", { factor: 1.5, slowHours: 24 }, POWER),
  search("×1.5 for 12 h, 50/h", { factor: 1.5, slowHours: 12 }, POWER),
  search("×1.5 for 4 h, 50/h", { factor: 1.5, slowHours: 4 }),
  search("×2 for 4 h, 50/h", { factor: 2, slowHours: 4 }),
  search("×3 for 4 h, 50/h", { factor: 3, slowHours: 4 }),
  search("×1.5 for 40 h, 50/h", { factor: 1.5, slowHours: 40 }),
  search("×2 for 40 h, 50/h", { factor: 2, slowHours: 40 }),
];

const recovery: readonly LatencyCell[] = DRIFTS.flatMap(([text, drift]) =>
  [1.5, 3].flatMap((factor) =>
    [1, 0.5, 0.25, 0].map((left): LatencyCell => {
      const limits = limitsOfRecovery(left, drift);
      return {
        name: `×${factor}, ${left} of it left, ${text}`,
        group: "recovery",
        rule: "recovery",
        play: { ...RECOVERY, factor, left, drift },
        ...(limits.length === 0 ? {} : { limits }),
      };
    }),
  ),
);

function limitsOfRecovery(left: number, drift: Drift | null): readonly Limit[] {
  const steady = drift === null;
  if (left === 1) {
    // A level that wanders 10 % a day may come back to what it was without any fix.
    const unfixed: Limit = { verdict: "recovered", atMost: drift?.kind === "walk" ? 0.02 : 0.005 };
    return steady ? [unfixed, { verdict: "failing", atLeast: 0.85 }] : [unfixed];
  }
  if (left === 0.5) return drift?.kind === "walk" ? [] : [{ verdict: "recovered", atMost: 0.05 }];
  return left === 0 && steady
    ? [
        { verdict: "recovered", atLeast: 0.9 },
        { verdict: "failing", atMost: 0.01 },
      ]
    : [];
}

export const LATENCY_CELLS: readonly LatencyCell[] = [
  ...unchanged,
  ...slower,
  ...unknown,
  ...threshold,
  ...searches,
  ...recovery,
];
