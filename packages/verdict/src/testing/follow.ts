import { measureBaseline, type RecoveryBaseline } from "../baseline.ts";
import { type EvidenceCounts, hasBaseline, LOG_THRESHOLD, logFailing, logRatio } from "../evidence.ts";
import type { Gates } from "../gates.ts";
import { carriesEvidence } from "../hours.ts";
import { longestQuiet } from "../rank.ts";
import { decideFrom, type RecoveryAssessment } from "../recovery.ts";
import { BUCKETS_PER_HOUR, RULE } from "../rule.ts";
import { addBucket, checkSeries, EMPTY_TALLY, type SeriesTally } from "../series.ts";
import { chooseCap, makeCounts, type RecoveryInput, summariseAgainst } from "../summary.ts";

/** All buckets of an incident, of which every look sees one more of those since the deploy. */
export type History = Omit<RecoveryInput, "hoursSinceDeploy" | "gates">;

export type Look = {
  /** Buckets since the deploy that the look saw. */
  readonly buckets: number;
  readonly assessment: RecoveryAssessment;
};

/**
 * Looks at an incident after each five minutes and stops at the first verdict that ends the matter: recovered,
 * failing or inconclusive. The same as asking assessRecovery every time; but it only asks where the evidence
 * suffices, so that thousands of incidents can be followed in a second.
 *
 * @param gatesAt the gates at a look that saw so many buckets; absent: all open
 * @returns that look; the last one where nothing ended it
 * @throws RangeError where a series is not one of counts
 */
export function followRecovery(
  history: History,
  gatesAt: (buckets: number) => Partial<Gates> = () => ({}),
): Look {
  checkSeries("baseline", history.baseline);
  checkSeries("since", history.since);
  const baseline = measureBaseline(history.baseline, history);
  const mayEnd = whenToAsk(baseline, history);
  const { events, exposure } = history.since;
  const tally = { ...EMPTY_TALLY };
  for (let buckets = 1; buckets <= exposure.length; buckets++) {
    addBucket(
      tally,
      events[buckets - 1] ?? 0,
      Math.min(exposure[buckets - 1] ?? Number.NaN, baseline.ceiling),
      carriesEvidence(baseline.hours, buckets - 1),
    );
    if (buckets < exposure.length && !mayEnd(tally, buckets)) continue;
    const assessment = ask(baseline, tally, buckets, history, gatesAt(buckets));
    if (ENDS.has(assessment.verdict)) return { buckets, assessment };
  }
  const buckets = exposure.length;
  return { buckets, assessment: ask(baseline, tally, buckets, history, gatesAt(buckets)) };
}

const ENDS: ReadonlySet<string> = new Set(["recovered", "failing", "inconclusive"]);

function ask(
  baseline: RecoveryBaseline,
  tally: SeriesTally,
  buckets: number,
  history: History,
  gates: Partial<Gates>,
) {
  const hoursSinceDeploy = buckets / BUCKETS_PER_HOUR;
  return decideFrom(summariseAgainst(baseline, tally, buckets, { ...history, hoursSinceDeploy, gates }));
}

/** False where nothing is proven yet, or where the errors stopped but did so for longer before the deploy. */
function whenToAsk(
  baseline: RecoveryBaseline,
  history: History,
): (tally: SeriesTally, buckets: number) => boolean {
  const { tally: before, phi, runs } = baseline;
  const cap = (history.capHours ?? chooseCap(baseline)) * BUCKETS_PER_HOUR;
  const counts = makeCounts({
    active0: before.active,
    first: history.baselineBeginsAtFirstEvent && !baseline.cut,
    n0: before.counted,
    events0: before.events,
    E0: before.exposure,
    phi,
    c: 0,
    aside: 0,
    E: 0,
  });
  const known = new Map<number, number>();
  const quietestWith = (active: number) => {
    const quietest = known.get(active) ?? longestQuiet(runs, active);
    known.set(active, quietest);
    return quietest;
  };
  let activeBefore = 0;
  let goesOn = false;
  return ({ active, exposure, aside }, buckets) => {
    const now = { ...counts, c: active, aside, E: exposure };
    if (goesOn || active > activeBefore) goesOn = goOn(now);
    activeBefore = active;
    if (goesOn || buckets >= cap) return true;
    return haveStopped(now) && exposure >= quietestWith(active) * (1 - 1e-6);
  };
}

const haveStopped = (counts: EvidenceCounts): boolean =>
  hasBaseline(counts) && logRatio(RULE.recovered, counts.k0, counts) >= LOG_THRESHOLD;

const goOn = (counts: EvidenceCounts): boolean => hasBaseline(counts) && logFailing(counts) >= LOG_THRESHOLD;
