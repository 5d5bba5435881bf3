import { describe, expect, test } from "vitest";
import { measureBaseline } from "../baseline.ts";
import { BUCKETS_PER_DAY, BUCKETS_PER_HOUR } from "../rule.ts";
import type { Series } from "../series.ts";
import { summariseAgainst } from "../summarise.ts";
import { poissonSeries, quietSeries, recoveryInput, seededRandom, WEEK } from "../testing/incidents.ts";
import { decideWatch, summariseWatch, type WatchAnswer, type WatchBaseline } from "./watch.ts";

const TRIALS = 200;
/** One test in 100,000 may be red though the rate is what it should be. */
const Z = 4.26;

/** Bounds of a share by Wilson's score interval. */
function wilson(found: number, trials: number): { readonly low: number; readonly high: number } {
  const share = found / trials;
  const spread = Z * Math.sqrt((share * (1 - share)) / trials + Z ** 2 / (4 * trials ** 2));
  const scale = 1 + Z ** 2 / trials;
  const middle = share + Z ** 2 / (2 * trials);
  return { low: (middle - spread) / scale, high: (middle + spread) / scale };
}

/** A week of errors, as the summary of the close has it. */
function drawBaseline(perHour: number, random: () => number): WatchBaseline {
  const series = poissonSeries(WEEK, perHour, random);
  const measured = measureBaseline(series, { clock: false });
  return summariseAgainst(measured, measured.tally, 0, recoveryInput(series, quietSeries(0)));
}

const join = (...parts: readonly Series[]): Series => ({
  events: parts.flatMap(({ events }) => events),
  exposure: parts.flatMap(({ exposure }) => exposure),
});

const cut = ({ events, exposure }: Series, hours: number): Series => ({
  events: events.slice(0, hours * BUCKETS_PER_HOUR),
  exposure: exposure.slice(0, hours * BUCKETS_PER_HOUR),
});

type World = {
  readonly perHour: number;
  /** Share of the old rate that is left, and the share from so many hours after the close on. */
  readonly left: number;
  readonly back?: { readonly after: number; readonly share: number };
  /** Hours after the close at which it is looked at. */
  readonly looks: readonly number[];
};

/** In how many of the trials one of the looks gave the answer. */
function count(answer: WatchAnswer, { perHour, left, back, looks }: World): number {
  const random = seededRandom(perHour * 1000 + left * 100 + (back?.after ?? 0));
  const hours = Math.max(...looks);
  const draw = (span: number, share: number) =>
    poissonSeries(span * BUCKETS_PER_HOUR, perHour * share, random);
  let found = 0;
  for (let trial = 0; trial < TRIALS; trial++) {
    const before = drawBaseline(perHour, random);
    const quiet = Math.min(back?.after ?? hours, hours);
    const since = join(draw(quiet, left), draw(hours - quiet, back?.share ?? 0));
    if (looks.some((at) => decideWatch(summariseWatch({ before, since: cut(since, at) })) === answer))
      found++;
  }
  return found;
}

const every = (days: number, until: number): number[] =>
  Array.from({ length: Math.floor(until / days) }, (_, i) => ((i + 1) * days * BUCKETS_PER_DAY) / 12);

describe("simulated incidents after their close, the old rate estimated from a week", () => {
  test.each([1, 5])("with 5 % left of %d an hour, it is practically never back in 90 days", (perHour) => {
    const found = count("back", { perHour, left: 0.05, looks: every(10, 90) });
    expect(wilson(found, TRIALS).low).toBeLessThanOrEqual(0.01);
  });

  test("with nothing left, one week is enough to say that it is away", () => {
    const found = count("away", { perHour: 0.5, left: 0, looks: [168] });
    expect(wilson(found, TRIALS).high).toBeGreaterThanOrEqual(0.99);
  });

  test.each([0.5, 5])("a full return of %d an hour is found within a day of its fifth error", (perHour) => {
    const looks = [24 + 5 / perHour, 48 + 5 / perHour].map((hours) => 72 + Math.ceil(hours));
    const found = count("back", { perHour, left: 0, back: { after: 72, share: 1 }, looks });
    expect(wilson(found, TRIALS).high).toBeGreaterThanOrEqual(0.98);
  });

  test("a third of one an hour is found within three days", () => {
    const looks = [60, 66, 72].map((hours) => 240 + hours);
    const found = count("back", { perHour: 1, left: 0.02, back: { after: 240, share: 1 / 3 }, looks });
    expect(wilson(found, TRIALS).high).toBeGreaterThanOrEqual(0.9);
  });

  test("a return to a third is not called away while it lasts", () => {
    const world = { perHour: 1, left: 0, back: { after: 240, share: 1 / 3 }, looks: [264, 288, 312] };
    expect(wilson(count("away", world), TRIALS).low).toBeLessThanOrEqual(0.01);
  });

  test("a tenth that is left is called that, and is not back", () => {
    const world = { perHour: 5, left: 0.1, looks: [240, 2160] };
    expect(wilson(count("back", world), TRIALS).low).toBeLessThanOrEqual(0.01);
    expect(wilson(count("tenth", world), TRIALS).high).toBeGreaterThanOrEqual(0.99);
  });
});
