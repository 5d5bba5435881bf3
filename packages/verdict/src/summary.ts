import type { BaselineContext } from "./baseline.ts";
import type { ControlSummary } from "./control.ts";
import type { EvidenceCounts } from "./evidence.ts";
import type { GateName, Gates } from "./gates.ts";
import type { EvidenceHours } from "./hours.ts";
import { BUCKETS_PER_HOUR } from "./rule.ts";
import { saturationRate } from "./saturation.ts";
import type { Series } from "./series.ts";
import type { Trend } from "./trend.ts";
import type { Uptime } from "./uptime.ts";

export type RecoveryInput = BaselineContext & {
  /** Buckets that end at the deploy, begun at the later of deploy - 7 d and the onset. */
  readonly baseline: Series;
  /** Buckets that begin at the deploy, counted over the releases that contain the fix. */
  readonly since: Series;
  /** The same buckets as `since`, counted over the releases that lack the fix; absent: they cannot be told apart. */
  readonly control?: Series | undefined;
  /** The first error chose where the baseline begins, and is not counted. */
  readonly baselineBeginsAtFirstEvent: boolean;
  readonly hoursSinceDeploy: number;
  /** Hours after which it is inconclusive; absent: 72 for rare errors, else 48. */
  readonly capHours?: number | undefined;
  /**
   * Whether errors of old clients are left out of `since`. True: a fall that is surely one is not failing. False: nor is what
   * may yet be a fall. Absent: neither is asked.
   */
  readonly split?: boolean;
  readonly gates?: Partial<Gates>;
};

/** What the numbers of every recovery rule have in common. */
export type CommonSummary = {
  /** Version of the rule. */
  readonly rule: number;
  /** Dispersion: observed over chance variance, at least 1. */
  readonly phi: number;
  /** Hours since the deploy, and those after which it is inconclusive. */
  readonly hours: number;
  readonly cap: number;
  /** Hours until the rule can say recovered if nothing more happens; null: never. */
  readonly eta: number | null;
  /** Gates that are shut. */
  readonly shut: readonly GateName[];
};

/** The numbers that a decision used: plain JSON, under 1 KB, enough to make the same decision again. */
export type RecoverySummary = CommonSummary & {
  /** Active buckets before the deploy, the first one included. */
  readonly active0: number;
  /** Errors before the deploy. */
  readonly events0: number;
  /** Buckets before the deploy whose exposure is known; and those with exposure or errors. */
  readonly known0: number;
  readonly n0: number;
  /** Exposure before the deploy. */
  readonly E0: number;
  /** The first active bucket chose where the baseline begins. */
  readonly first: boolean;
  /** Active buckets, exposure, known buckets and all buckets since the deploy. */
  readonly c: number;
  readonly E: number;
  readonly known: number;
  readonly buckets: number;
  /** Errors since the deploy: for people only, the rule counts buckets. Absent from before it was kept. */
  readonly events?: number;
  /** Runs of the baseline with as much exposure as since the deploy, and those of them that were as quiet. */
  readonly windows: number;
  readonly quiet: number;
  /** Exposure is only time. */
  readonly clock: boolean;
  /** The trend of the errors since the deploy, where old clients are left out. */
  readonly trend?: Trend;
  /** Where they are not: log odds that the errors are not old clients' that leave. */
  readonly steady?: number;
  /** Dispersion by a prior; absent if nothing vouches for the counts, and from before rule 3. */
  readonly spread?: number;
  /** As `eta`, if nothing vouches for the counts. */
  readonly etaAlone?: number | null;
  /** Releases with the fix beside those without it; absent: not told apart. */
  readonly control?: ControlSummary;
  /** Known for so short a time that it may be a flare, and nothing shows otherwise. */
  readonly young?: true;
  /** Active buckets since the deploy in hours that carry no evidence. */
  readonly aside?: number;
  /** How long the error took to begin after earlier deployments, and is still missing; absent: it does not follow uptime. */
  readonly uptime?: Uptime & { readonly missing: number };
  /** Hours that could carry evidence, since the deploy and until the cap; absent: all can. */
  readonly carried?: { readonly hours: number; readonly cap: number };
  /** Those hours themselves, for the watch after a close, if the errors showed them. */
  readonly evidenceHours?: EvidenceHours;
};

/** The same numbers, if nothing vouches for them: more is asked of them, as in rule 2. */
export function countAlone({ spread, etaAlone, ...summary }: RecoverySummary): RecoverySummary {
  return spread === undefined ? summary : { ...summary, eta: etaAlone ?? null };
}

type Counted = Pick<
  RecoverySummary,
  "active0" | "first" | "E0" | "c" | "aside" | "E" | "n0" | "events0" | "phi"
> & { readonly spread?: number | undefined };

/** The numbers of the likelihood ratios. The first error is taken off after the saturation is known. */
export function makeCounts(summary: Counted): EvidenceCounts {
  return {
    k0: Math.max(0, summary.active0 - (summary.first ? 1 : 0)),
    E0: summary.E0,
    c: summary.c,
    aside: summary.aside,
    E: summary.E,
    lam: saturationRate(summary.active0, summary.n0, summary.events0),
    phi: summary.phi,
    spread: summary.spread,
  };
}

/** Active buckets an hour before the deploy. */
export function ratePerHour(active: number, knownBuckets: number): number {
  return knownBuckets === 0 ? 0 : (active * BUCKETS_PER_HOUR) / knownBuckets;
}
