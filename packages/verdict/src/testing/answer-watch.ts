import { type EvidenceCounts, hasBaseline, prepareRatio } from "../evidence.ts";
import { findLeast } from "../find-least.ts";
import { BUCKETS_PER_HOUR } from "../rule.ts";
import { makeCounts } from "../summary.ts";
import { weighSoon } from "../watch/start-points.ts";
import { decideWatch, type WatchAnswer, type WatchBaseline } from "../watch/watch.ts";
import { WATCH } from "../watch/watch-rule.ts";

/** What was seen since a close, as running sums: active buckets and exposure before each bucket. */
export type WatchSums = {
  readonly before: WatchBaseline;
  readonly until: { readonly active: Float64Array; readonly exposure: Float64Array };
  /** Buckets in which a release was first seen, in order. */
  readonly releases: readonly number[];
  /** Buckets since the close that are over. */
  readonly seen: number;
  /** Nobody wants to know more than whether it is back. */
  readonly onlyBack?: boolean;
};

/** What speaks so strongly against a start point that a return before it would have been found back then. */
const HOPELESS = -16;

/**
 * The answer of the watch at one look: the same as decideWatch(summariseWatch(…)), for incidents that are looked at a
 * thousand times. Start points far back are left out, and exposure has to stay under the ceiling of one bucket.
 */
export function answerWatch(sums: WatchSums): WatchAnswer {
  const rule = prepare(sums.before);
  if (rule === undefined) return "unclear";
  if (sums.onlyBack === true && !mayBeBack(sums, rule)) return "unclear";
  const answer = { ...weighReturn(sums, rule), logAway: Number.NEGATIVE_INFINITY };
  // What is dear is asked only if the rest does not decide.
  const decided = decideWatch(answer);
  if (decided === "back") return decideWatch({ ...answer, logReturn: weighAgainstLeft(sums, rule) });
  return decided === "unclear" ? decideWatch({ ...answer, logAway: weighAway(sums, rule) }) : decided;
}

type Prepared = ReturnType<typeof prepareRule>;

/** What only the baseline decides, once for all looks at an incident. */
const known = new WeakMap<WatchBaseline, Prepared>();

function prepare(before: WatchBaseline): Prepared | undefined {
  const counts = makeCounts({ ...before, c: 0, E: 0 });
  if (!hasBaseline(counts)) return undefined;
  const prepared = known.get(before) ?? prepareRule(counts);
  known.set(before, prepared);
  return prepared;
}

function prepareRule(counts: EvidenceCounts) {
  const away = prepareRatio(WATCH.away, counts.k0, counts);
  const reached = (E: number) => away(0, E) >= Math.log(WATCH.awayAt);
  const needed = findLeast(reached, { start: counts.E0, doublings: 40, halvings: 100, precision: 1e-9 });
  return {
    back: prepareRatio(WATCH.back, counts.k0 + 1, counts),
    tenth: prepareRatio(WATCH.tenth, counts.k0 + 1, counts),
    before: prepareRatio(WATCH.left.before, counts.k0 + 1, counts),
    since: prepareRatio(WATCH.left.since, counts.k0 + 1, counts),
    away,
    wanted: WATCH.awayOver * (needed ?? Number.POSITIVE_INFINITY),
  };
}

/**
 * Whether any start point alone speaks for a return: their weights add up to 1, so all together never say more than the
 * one that says most. An hour without an error says less than the next.
 */
function mayBeBack({ until, releases, seen }: WatchSums, { back }: Prepared): boolean {
  const enough = Math.log(WATCH.backAt);
  const weigh = (at: number): number => back(...countFrom({ until, seen }, at));
  if (releases.some((at) => at < seen && weigh(at) >= enough)) return true;
  let end = seen;
  for (let begins = Math.ceil(seen / BUCKETS_PER_HOUR) - 1; begins >= 0; begins--) {
    const at = begins * BUCKETS_PER_HOUR;
    const isSilent = until.active[at] === until.active[end];
    end = at;
    if (isSilent) continue;
    const log = weigh(at);
    if (log >= enough) return true;
    if (log < HOPELESS) return false;
  }
  return false;
}

function weighReturn({ until, releases, seen }: WatchSums, { back, tenth }: Prepared) {
  const hourly = (1 - WATCH.ofReleases) / WATCH.hours;
  const hours = Math.min(WATCH.hours, Math.ceil(seen / BUCKETS_PER_HOUR));
  const extra = releases
    .filter((at) => at < seen)
    .map((at, index) => ({ at, weight: WATCH.ofReleases / ((index + 1) * (index + 2)) }));
  const started = hours * hourly + extra.reduce((sum, { weight }) => sum + weight, 0);
  let backs = Math.max(1 - started, Number.MIN_VALUE);
  let tenths = backs;
  const add = (at: number, weight: number): number => {
    const [c, E] = countFrom({ until, seen }, at);
    const logs = [Math.min(600, back(c, E)), Math.min(600, tenth(c, E))] as const;
    backs += weight * Math.exp(logs[0]);
    tenths += weight * Math.exp(logs[1]);
    return Math.max(...logs);
  };
  let begins = (hours - 1) * BUCKETS_PER_HOUR;
  for (let log = 0; begins >= 0 && log >= HOPELESS; begins -= BUCKETS_PER_HOUR) log = add(begins, hourly);
  for (const { at, weight } of extra) if (at > begins) add(at, weight);
  return { logBack: Math.log(backs), logTenth: Math.log(tenths) };
}

function weighAgainstLeft({ until, seen }: WatchSums, { before, since }: Prepared): number {
  const hours = Math.min(WATCH.hours, Math.ceil(seen / BUCKETS_PER_HOUR));
  const log = (begins: number): number =>
    before(until.active[begins] ?? 0, until.exposure[begins] ?? 0) +
    since(...countFrom({ until, seen }, begins));
  let pending = 1;
  let sum = 0;
  for (let hour = 0; hour < hours; hour++) {
    const weight = weighSoon(hour);
    pending -= weight;
    sum += weight * Math.exp(Math.min(600, log(hour * BUCKETS_PER_HOUR)));
  }
  return Math.log(sum + pending * Math.exp(Math.min(600, log(seen))));
}

function weighAway({ until, releases, seen }: WatchSums, { away, wanted }: Prepared): number {
  const isLong = (at: number) => countFrom({ until, seen }, at)[1] >= wanted;
  let begins = (Math.ceil(seen / BUCKETS_PER_HOUR) - 1) * BUCKETS_PER_HOUR;
  while (begins > 0 && !isLong(begins)) begins -= BUCKETS_PER_HOUR;
  const later = releases.filter((at) => at > begins && at < seen && isLong(at));
  return away(...countFrom({ until, seen }, Math.max(begins, ...later)));
}

/** Active buckets and exposure of all that was seen from a bucket on. */
function countFrom(
  { until: { active, exposure }, seen }: Pick<WatchSums, "until" | "seen">,
  begins: number,
): readonly [active: number, exposure: number] {
  return [(active[seen] ?? 0) - (active[begins] ?? 0), (exposure[seen] ?? 0) - (exposure[begins] ?? 0)];
}
