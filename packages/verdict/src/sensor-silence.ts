import { measureBaseline } from "./baseline.ts";
import { type EvidenceCounts, LOG_THRESHOLD, logRatio } from "./evidence.ts";
import { carriesEvidence } from "./hours.ts";
import { rankQuiet } from "./rank.ts";
import { BUCKETS_PER_HOUR, RULE } from "./rule.ts";
import { saturationRate } from "./saturation.ts";
import { clipExposure, type Series, tallySeries } from "./series.ts";

/** What a project's other errors did since the deploy. Plain JSON. */
export type SilenceSummary = EvidenceCounts & {
  /** Runs of the baseline with as much exposure that were as quiet, or had a tenth of what was to be expected; 0: hardly any. */
  readonly quiet: number;
  /** Buckets since the deploy. */
  readonly buckets: number;
  /** The stretch after the newest of them: five-minute buckets, their exposure, and as quiet runs before. */
  readonly late: { readonly buckets: number; readonly E: number; readonly quiet: number };
};

/**
 * If a smaller share of the baseline's runs was as quiet, that was chance: a healthy sensor is held at so few looks, and if
 * the one silence of a week excused a dead one, more recoveries would be false than are promised.
 */
const RARELY_QUIET = 1 / 200;

/** Fewer of them expected tell nothing. */
const LEAST_EXPECTED = 5;

/**
 * Hours after the deploy for which it is worth waiting for one of them: until the first, and, as what is late may make the
 * time since the deploy look quiet, until the newest is young.
 */
const EARLY = { first: 2, newest: 4 };

/** So many of them must be to be expected. */
const EXPECTED_EARLY = 2;

/** A tenth or less is left, against nothing changed; and against three tenths. */
const GONE = { nothing: 1, instead: RULE.recovered.instead };
const NEARER_A_TENTH = RULE.recovered;

/** @param since buckets since the deploy; both series hold the project's errors but those of its incidents */
export function summariseSilence(before: Series, since: Series): SilenceSummary {
  const baseline = measureBaseline(before, { clock: false });
  const carries = (bucket: number) => carriesEvidence(baseline.hours, bucket);
  const clipped = clipExposure(since, baseline.ceiling);
  const tally = tallySeries(clipped, carries);
  const begin = since.events.findLastIndex((count) => count > 0) + 1;
  const last = { events: clipped.events.slice(begin), exposure: clipped.exposure.slice(begin) };
  const late = tallySeries(last, (bucket) => carries(begin + bucket));
  const { active, counted, events, exposure } = baseline.tally;
  const countQuiet = (E: number, c: number) => {
    const tenth = Math.floor(expectedActive({ k0: active, E0: exposure, E }) / 10);
    const { windows, quiet } = rankQuiet(baseline.runs, E, Math.max(c, tenth));
    return quiet < RARELY_QUIET * windows ? 0 : quiet;
  };
  return {
    k0: active,
    E0: exposure,
    c: tally.active,
    E: tally.exposure,
    lam: saturationRate(active, counted, events),
    phi: baseline.phi,
    quiet: countQuiet(tally.exposure, tally.active),
    buckets: since.events.length,
    late: {
      buckets: since.events.length - begin,
      E: late.exposure,
      quiet: countQuiet(late.exposure, 0),
    },
  };
}

/**
 * Have the other errors stopped, all but a tenth? At least five active buckets would be usual; the Gamma-Poisson
 * likelihood ratio of "a tenth or less" to "as before" is 20, and three tenths explain it worse; and of the baseline's
 * runs with as much exposure hardly any was about as quiet.
 */
export function haveStopped(counts: EvidenceCounts & { readonly quiet: number }): boolean {
  if (counts.quiet > 0 || !isExpected(counts)) return false;
  return (
    logRatio(GONE, counts.k0, counts) >= LOG_THRESHOLD && logRatio(NEARER_A_TENTH, counts.k0, counts) >= 0
  );
}

/** The same of the stretch since the newest of them. */
export function areLate({ late, ...counts }: SilenceSummary): boolean {
  return haveStopped({ ...counts, c: 0, E: late.E, quiet: late.quiet });
}

/** The same where the deploy ended most of them: compared with those that came after it. */
export function areLateSince({ late, ...counts }: SilenceSummary): boolean {
  return haveStopped({ ...counts, k0: counts.c, E0: counts.E - late.E, c: 0, E: late.E, quiet: 0 });
}

/**
 * For how many hours after the deploy is it too early to tell? Two have become due since the newest of them; or none has
 * arrived, and two become due. Without this an incident that is loud enough to close within hours closes on a sensor that is
 * dead or late.
 *
 * @returns undefined: it is not
 */
export function isEarlyUntil({ c, buckets, late, ...counts }: SilenceSummary): number | undefined {
  const hours = c > 0 ? EARLY.newest : EARLY.first;
  if (late.buckets === 0 || buckets >= hours * BUCKETS_PER_HOUR) return undefined;
  const expected = expectedActive({ ...counts, E: late.E });
  const due = c > 0 ? expected : (expected * hours * BUCKETS_PER_HOUR) / late.buckets;
  return due >= EXPECTED_EARLY ? hours : undefined;
}

/** Whether enough of them are to be expected to miss them. */
export const isExpected = (counts: Pick<EvidenceCounts, "k0" | "E0" | "E">): boolean =>
  expectedActive(counts) >= LEAST_EXPECTED;

/** Active buckets to expect since the deploy. */
export const expectedActive = ({ k0, E0, E }: Pick<EvidenceCounts, "k0" | "E0" | "E">): number =>
  E0 > 0 ? (k0 * E) / E0 : 0;
