import { BUCKETS_PER_HOUR } from "@patchpilot/verdict";
import type { History } from "@patchpilot/verdict/testing";
import type { Cell, Pattern } from "./cells.ts";
import { drawExponential, drawGeometric, drawLogNormal, type Random } from "./draws.ts";
import { spawnSingly } from "./worlds/spawn.ts";

const DAY = 24 * BUCKETS_PER_HOUR;
const BEFORE = 7 * DAY;
const BEFORE_YOUNG = DAY / 2;
/** As long as the rule may take: 72 h for rare errors. */
const AFTER = 3 * DAY;

/** A burst has one error and more, four in the mean, that come within a quarter of an hour or so. */
const BURST_SIZE = 4;
const BURST_DELAY = 2;

/** Traffic by day is up to nine times that by night. */
const DAILY_SWING = 0.8;

/** Coefficient of variation of what is counted as an hour's traffic. */
const NOISE = 0.5;

/** Traffic stops at some time within the first day after the deploy. */
const STOPS_WITHIN = DAY;

/** Draws one incident: errors before a deploy at any hour of the day, and 72 h after it. */
export function simulateIncident(cell: Cell, random: Random): History {
  const isYoung = cell.pattern === "young";
  const length = isYoung ? BEFORE_YOUNG : BEFORE;
  const isStopping = cell.exposure === "stopping" || cell.exposure === "clock-stopping";
  const traffic = drawTraffic(cell.pattern, length, isStopping, random);
  const told = tellTraffic(cell, traffic, random);
  const before = drawErrors(cell.pattern, traffic.slice(0, length), cell.perHour, random);
  // The error that began it.
  if (isYoung) before[0] = (before[0] ?? 0) + 1;
  const after = drawErrors(cell.pattern, traffic.slice(length), cell.perHour * cell.residue, random);
  return {
    baseline: { events: before, exposure: told.slice(0, length) },
    since: { events: after, exposure: told.slice(length) },
    clock: cell.exposure === "clock" || cell.exposure === "clock-stopping",
    baselineBeginsAtFirstEvent: isYoung,
  };
}

/** Traffic by bucket before and after the deploy, 1 in the mean. */
function drawTraffic(pattern: Pattern, before: number, isStopping: boolean, random: Random): number[] {
  const hour = random();
  const traffic = new Array<number>(before + AFTER).fill(1);
  if (pattern === "daily") {
    for (let i = 0; i < traffic.length; i++) {
      traffic[i] = 1 + DAILY_SWING * Math.sin(2 * Math.PI * (i / DAY + hour));
    }
  }
  return isStopping ? traffic.fill(0, before + Math.ceil(random() * STOPS_WITHIN)) : traffic;
}

/** What the rule gets to see of it. Noise is drawn by the hour, since that is how sessions are counted. */
function tellTraffic({ exposure }: Cell, traffic: readonly number[], random: Random): readonly number[] {
  if (exposure === "clock" || exposure === "clock-stopping") return traffic.map(() => 1);
  if (exposure !== "noisy") return traffic;
  let factor = 1;
  return traffic.map((x, i) => {
    if (i % BUCKETS_PER_HOUR === 0) factor = drawLogNormal(NOISE, random);
    return x * factor;
  });
}

/** Errors by bucket, at a rate per unit of traffic. */
function drawErrors(pattern: Pattern, traffic: readonly number[], perHour: number, random: Random): number[] {
  const perBucket = perHour / BUCKETS_PER_HOUR;
  if (pattern === "clumped") return drawBursts(traffic, perBucket, random);
  return spawnSingly(
    traffic.map((x) => x * perBucket),
    random,
  );
}

/** Bursts begin at a steady rate; where there is no traffic, what would be left of one does not come. */
function drawBursts(traffic: readonly number[], perBucket: number, random: Random): number[] {
  const counts = new Array<number>(traffic.length).fill(0);
  if (perBucket === 0) return counts;
  const gap = BURST_SIZE / perBucket;
  for (let at = drawExponential(gap, random); at < counts.length; at += drawExponential(gap, random)) {
    const size = drawGeometric(BURST_SIZE, random);
    for (let error = 0; error < size; error++) {
      const bucket = Math.floor(at + (error === 0 ? 0 : drawExponential(BURST_DELAY, random)));
      if ((traffic[bucket] ?? 0) > 0) counts[bucket] = (counts[bucket] ?? 0) + 1;
    }
  }
  return counts;
}
