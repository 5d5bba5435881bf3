import { measureBaseline, type RecoveryBaseline } from "../baseline.ts";
import { type ControlSummary, hasSay, weighControl } from "../control.ts";
import {
  type EvidenceCounts,
  hasBaseline,
  isKept,
  LOG_THRESHOLD,
  logFailing,
  prepareProof,
} from "../evidence.ts";
import { isYoung, stoppedAfter } from "../flare.ts";
import type { Gates } from "../gates.ts";
import { carriesEvidence } from "../hours.ts";
import { leastWithoutPrecedent } from "../rank.ts";
import { decideFrom, type RecoveryAssessment } from "../recovery.ts";
import { BUCKETS_PER_HOUR } from "../rule.ts";
import { addBucket, checkSeries, clipExposure, EMPTY_TALLY, type SeriesTally } from "../series.ts";
import { chooseCap, compareReleases, describeBaseline, summariseAgainst } from "../summarise.ts";
import { countAlone, makeCounts, type RecoveryInput, type RecoverySummary } from "../summary.ts";

/** All buckets of an incident, of which every look sees one more of those since the deploy. */
export type History = Omit<RecoveryInput, "hoursSinceDeploy" | "gates"> & {
  /** Nothing vouches for the counts, unless releases without the fix have a say. */
  readonly alone?: boolean;
};

/** What is judged of the numbers of a look: if nothing vouches for them, more is asked. */
export const countSeen = ({ alone }: Pick<History, "alone">, summary: RecoverySummary): RecoverySummary =>
  alone && !hasSay(summary.control) ? countAlone(summary) : summary;

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
  const compare =
    history.control &&
    compareReleases(baseline, clipExposure(history.since, baseline.ceiling), history.control, history);
  const { events, exposure } = history.since;
  const tally = { ...EMPTY_TALLY };
  for (let buckets = 1; buckets <= exposure.length; buckets++) {
    addBucket(
      tally,
      events[buckets - 1] ?? 0,
      Math.min(exposure[buckets - 1] ?? Number.NaN, baseline.ceiling),
      carriesEvidence(baseline.hours, buckets - 1),
    );
    const control = compare?.(buckets);
    const isLast = buckets === exposure.length;
    if (!isLast && !mayEnd(tally, buckets, control)) continue;
    const gates = gatesAt(buckets);
    // "not-deployed" ends nothing.
    if (!isLast && gates.deployed === false) continue;
    const assessment = ask({ baseline, tally, buckets, control }, history, gates);
    if (ENDS.has(assessment.verdict)) return { buckets, assessment };
  }
  const buckets = exposure.length;
  const control = compare?.(buckets);
  return { buckets, assessment: ask({ baseline, tally, buckets, control }, history, gatesAt(buckets)) };
}

const ENDS: ReadonlySet<string> = new Set(["recovered", "failing", "inconclusive"]);

type Seen = {
  readonly baseline: RecoveryBaseline;
  readonly tally: SeriesTally;
  readonly buckets: number;
  readonly control: ControlSummary | undefined;
};

function ask({ baseline, tally, buckets, control }: Seen, history: History, gates: Partial<Gates>) {
  const input = { ...history, hoursSinceDeploy: buckets / BUCKETS_PER_HOUR, gates };
  return decideFrom(countSeen(history, summariseAgainst(baseline, tally, buckets, input, control)));
}

/** False where nothing is proven yet, or where the errors stopped but did so for longer before the deploy. */
function whenToAsk(
  baseline: RecoveryBaseline,
  history: History,
): (tally: SeriesTally, buckets: number, control: ControlSummary | undefined) => boolean {
  const { runs } = baseline;
  const cap = history.capHours ?? chooseCap(baseline);
  const stopped = isYoung(baseline, history) ? stoppedAfter({ cap }) : 0;
  const counts = makeCounts({
    ...describeBaseline(baseline, history.baselineBeginsAtFirstEvent),
    c: 0,
    aside: 0,
    E: 0,
  });
  const weighVouched = prepareProof(counts);
  const weighAlone = prepareProof({ ...counts, spread: undefined });
  const known = new Map<number, number>();
  const quietestWith = (active: number) => {
    const quietest = known.get(active) ?? leastWithoutPrecedent(runs, active);
    known.set(active, quietest);
    return quietest;
  };
  let activeBefore = 0;
  let goesOn = false;
  return ({ active, exposure, aside }, buckets, control) => {
    const now = { ...counts, c: active, aside, E: exposure };
    if (goesOn || active > activeBefore) goesOn = goOn(now);
    activeBefore = active;
    const hours = buckets / BUCKETS_PER_HOUR;
    if (goesOn || hours >= cap) return true;
    if (hasSay(control) ? !isKept(weighControl(control)) : hours < stopped) return false;
    const weigh = history.alone && !hasSay(control) ? weighAlone : weighVouched;
    return isKept(weigh(active, exposure)) && exposure >= quietestWith(active) * (1 - 1e-6);
  };
}

const goOn = (counts: EvidenceCounts): boolean => hasBaseline(counts) && logFailing(counts) >= LOG_THRESHOLD;
