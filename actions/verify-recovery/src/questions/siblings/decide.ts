import { HOUR, WEEK } from "@patchpilot/time";
import {
  alignAnchor,
  type BucketRow,
  countByBucket,
  decideFrom,
  hasRisen,
  layOutBuckets,
  type RecoverySummary,
} from "@patchpilot/verdict";
import { type Counting, fixedReleases, summariseErrors } from "../errors/count.ts";
import type { ErrorHistory } from "../sources.ts";
import { exposureIn, isCounted } from "../traffic/count.ts";
import type { SiblingFact, SiblingRise } from "./facts.ts";
import type { Neighbour } from "./neighbours.ts";

/** A neighbour with what happened of it. */
export type CountedNeighbour = Neighbour & { readonly history: ErrorHistory };

/**
 * Did other errors take the place of one that is about to be called over? Those that began or rose with the deploy are
 * counted as if they were its own: found is what would then not be over. So one stray error holds nothing up, and many
 * small ones do. Pure.
 */
export function judgeSiblings(
  counting: Counting,
  neighbours: readonly CountedNeighbour[],
  incidents: ReadonlyMap<string, number>,
): SiblingFact {
  const risen = neighbours
    .flatMap((neighbour) => measureRise(counting, neighbour, incidents))
    .sort((a, b) => b.rise.perHour.after - a.rise.perHour.after);
  const [first, ...others] = risen;
  if (first === undefined || isOverWith(counting, risen)) return { state: "none" };
  const { neighbour, rise } = first;
  return { state: "found", shortId: neighbour.error.shortId, ...rise, others: others.length };
}

/** Whether it would still be over if so many more five minutes with errors were its own. */
export const staysOver = (summary: RecoverySummary, more: number): boolean =>
  decideFrom({ ...summary, c: summary.c + more }).verdict === "recovered";

/** Twice as many as expected are still far from evidence of three times as many. */
const FAR_FROM_RISEN = 1.8;

/**
 * Whether a known error can have risen at all, by rough counts: it saves reading when it happened.
 * @param before errors in the week before the deploy
 * @param since errors since, of whatever release
 */
export function mayHaveRisen({ traffic, anchor, now }: Counting, before: number, since: number): boolean {
  const rows = layOutBuckets(alignAnchor(anchor), alignAnchor(anchor) - WEEK, now);
  const [exposed = 0, exposedSince = 0] = [rows.baseline, rows.since].map((row) =>
    sum(exposureIn(traffic, row, undefined).filter((exposure) => !Number.isNaN(exposure))),
  );
  return before === 0 || exposed === 0 || since > (FAR_FROM_RISEN * before * exposedSince) / exposed;
}

type Risen = { readonly neighbour: CountedNeighbour; readonly rise: SiblingRise };

/** None where it has neither begun nor risen since the deploy. */
function measureRise(
  counting: Counting,
  neighbour: CountedNeighbour,
  incidents: ReadonlyMap<string, number>,
): Risen[] {
  const { history } = neighbour;
  const anchor = alignAnchor(counting.anchor);
  const { baseline } = layOutBuckets(anchor, Math.max(anchor - WEEK, history.knownFrom), counting.now);
  const { since } = layOutBuckets(anchor, anchor, counting.now);
  const fixed = fixedReleases(counting, anchor);
  const counted = history.points.filter(
    ({ at, release }) => at >= anchor && isCounted(release ?? null, fixed),
  );
  const before = countByBucket(history.points, baseline);
  const after = countByBucket(counted, since);
  if (sum(after) === 0) return [];
  const exposed = (events: number[], row: BucketRow, only?: ReadonlySet<string>) => ({
    events,
    exposure: exposureIn(counting.traffic, row, only),
  });
  // Errors of the five minutes of the switch itself lie before the anchor, and may be of either side.
  const isNew = sum(before.slice(0, -1)) === 0;
  if (!isNew && !hasRisen(exposed(before, baseline), exposed(after, since, fixed))) return [];
  const rise = {
    alike: neighbour.alike,
    since: Math.min(...counted.map(({ at }) => at)),
    perHour: {
      before: isNew ? 0 : countPerHour(before, anchor - baseline.start),
      after: countPerHour(after, counting.now - anchor),
    },
    others: 0,
    incident: incidents.get(neighbour.error.shortId) ?? null,
  };
  // Someone who archives a new error has looked at it.
  return isNew && neighbour.error.archived ? [] : [{ neighbour, rise }];
}

const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);
const countPerHour = (counts: readonly number[], ms: number): number => (sum(counts) * HOUR) / ms;

function isOverWith(counting: Counting, risen: readonly Risen[]): boolean {
  const anchor = alignAnchor(counting.anchor);
  const more = risen.flatMap(({ neighbour }) => neighbour.history.points.filter(({ at }) => at >= anchor));
  const history = { ...counting.history, points: [...counting.history.points, ...more] };
  const fact = summariseErrors({ ...counting, history });
  return fact.state === "counted" && decideFrom(fact.summary).verdict === "recovered";
}
