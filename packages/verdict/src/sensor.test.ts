import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BUCKETS_PER_HOUR } from "./rule.ts";
import { findSensorHold, type SensorInput, summariseSensor } from "./sensor.ts";
import type { LossHours } from "./sensor-losses.ts";

const WEEK_HOURS = 168;

/** An even number of errors in each five minutes, of ten sessions each. */
const series = (hours: number, perHour: number) => {
  const length = Math.round(hours * BUCKETS_PER_HOUR);
  const each = perHour / BUCKETS_PER_HOUR;
  const events = Array.from({ length }, (_, i) => Math.floor((i + 1) * each) - Math.floor(i * each));
  return { events, exposure: new Array<number>(length).fill(10) };
};

const hoursFrom = (from: number, lost: readonly number[], sent: readonly number[]): LossHours => ({
  from: from * 3_600_000,
  lost,
  sent,
});
const even = (from: number, hours: number, lost: number, sent: number) =>
  hoursFrom(from, new Array<number>(hours).fill(lost), new Array<number>(hours).fill(sent));

const NO_LOSS = { before: even(0, WEEK_HOURS, 0, 20), since: even(WEEK_HOURS, 6, 0, 20) };

const judge = (input: Partial<SensorInput>) =>
  findSensorHold(
    JSON.parse(JSON.stringify(summariseSensor({ own: 60, others: null, losses: null, ...input }))),
  );

const judgeOthers = (perHour: number, since: ReturnType<typeof series>) =>
  judge({ others: { baseline: series(WEEK_HOURS, perHour), since } });

const judgeLimited = (before: LossHours, since: LossHours) =>
  judge({ losses: { limited: { before, since }, discarded: NO_LOSS } });

test("what is not known holds nothing", () => {
  expect(judge({})).toBeUndefined();
  expect(judgeLimited(even(0, WEEK_HOURS, 0, 0), even(WEEK_HOURS, 6, 0, 0))).toBeUndefined();
});

describe("a project's other errors", () => {
  test("that came twelve an hour and do not come at all have stopped", () => {
    expect(judgeOthers(12, series(2, 0))).toEqual({ kind: "stopped", seen: 0, expected: expect.closeTo(24) });
  });

  test("that fell to a tenth have stopped", () => {
    expect(judgeOthers(12, series(10, 1.2))?.kind).toBe("stopped");
  });

  test.each([
    ["as many as before", 12, series(10, 12)],
    ["half as many", 12, series(10, 6)],
    ["a third as many", 12, series(10, 4)],
    ["none where fewer than five were expected", 3 / WEEK_HOURS, series(24, 0)],
    ["none where there never were any", 0, series(24, 0)],
    ["none while there is no traffic", 12, { ...series(10, 0), exposure: new Array<number>(120).fill(0) }],
  ])("of which there are %s prove nothing", (_, before, since) => {
    expect(judgeOthers(before, since)).toBeUndefined();
  });

  test("that stopped are not excused by one stretch of the week before that was as quiet", () => {
    const week = series(WEEK_HOURS, 6);
    const before = { ...week, events: week.events.map((count, i) => (i > 500 && i < 525 ? 0 : count)) };
    expect(judge({ others: { baseline: before, since: series(2, 0) } })?.kind).toBe("stopped");
  });

  test("that rest every night are not missed in one", () => {
    const night = (bucket: number) => bucket % 288 < 96;
    const day = (length: number) => ({
      events: Array.from({ length }, (_, i) => (night(i) ? 0 : 1)),
      exposure: new Array<number>(length).fill(1),
    });
    const others = { baseline: day(2016), since: day(90) };
    expect(judge({ others })).toBeUndefined();
  });

  test("of which the newest is older than they ever were apart are late", () => {
    const before = series(5, 12);
    const quiet = series(2, 0);
    const since = {
      events: [...before.events, ...quiet.events],
      exposure: [...before.exposure, ...quiet.exposure],
    };
    expect(judgeOthers(12, since)).toEqual({ kind: "late", quietMs: 2 * 3_600_000 });
  });

  test("of which none has arrived are waited for until two hours after the deploy, if two become due", () => {
    const kindsOf = (perHour: number) =>
      [0.5, 1.5, 2].map((hours) => judgeOthers(perHour, series(hours, 0))?.kind);
    expect(kindsOf(2)).toEqual(["early", "early", undefined]);
    expect(kindsOf(0.5)).toEqual([undefined, undefined, undefined]);
  });

  test("of which the newest is old are waited for until four hours after the deploy", () => {
    const quietFor = (quiet: number, hours: number) => {
      const [come, gap] = [series(hours - quiet, 6), series(quiet, 0)];
      return judgeOthers(4, {
        events: [...come.events, ...gap.events],
        exposure: [...come.exposure, ...gap.exposure],
      });
    };
    expect(quietFor(1, 3)).toEqual({ kind: "early", quietMs: 3_600_000, untilHours: 4 });
    expect(quietFor(0.25, 3)).toBeUndefined();
    expect(quietFor(1, 4)).toBeUndefined();
  });

  test("never hold more for one that arrives at the end", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 60 }),
        fc.array(fc.nat(2), { maxLength: 200 }),
        (rate, events) => {
          const exposure = events.map(() => 10);
          if (judgeOthers(rate, { events, exposure }) !== undefined) return;
          const more = { events: [...events.slice(0, -1), (events.at(-1) ?? 0) + 1], exposure };
          expect(judgeOthers(rate, events.length === 0 ? { events, exposure } : more)).toBeUndefined();
        },
      ),
    );
  });
});

describe("lost events", () => {
  test("that are all of them since the deploy, and were none before, have risen", () => {
    const hold = judgeLimited(even(0, WEEK_HOURS, 0, 20), even(WEEK_HOURS, 2, 15, 15));
    expect(hold).toEqual({ kind: "limited", before: 0, since: 1 });
  });

  test("that were discarded are named as such", () => {
    const since = even(WEEK_HOURS, 6, 18, 20);
    const losses = { limited: NO_LOSS, discarded: { before: NO_LOSS.before, since } };
    expect(judge({ losses })).toMatchObject({ kind: "discarded", since: 0.9 });
  });

  test("that one spike dropped since hide little after half a day", () => {
    const spike = (hours: number) => {
      const lost = new Array<number>(hours).fill(0).with(1, 500);
      return judgeLimited(
        NO_LOSS.before,
        hoursFrom(
          WEEK_HOURS,
          lost,
          lost.map((count) => count + 5),
        ),
      );
    };
    expect([spike(6)?.kind, spike(12)]).toEqual(["limited", undefined]);
  });

  test("that a filter took of a crawler hide no error that came twelve times as often", () => {
    const since = { lost: new Array<number>(12).fill(0).with(3, 5), sent: new Array<number>(12).fill(1) };
    const discarded = { before: NO_LOSS.before, since: hoursFrom(WEEK_HOURS, since.lost, since.sent) };
    const losses = { limited: NO_LOSS, discarded };
    expect(judge({ own: 60, losses })).toBeUndefined();
    expect(judge({ own: 40, losses })?.kind).toBe("discarded");
  });

  test("that an SDK samples are not hidden by a storm before the deploy", () => {
    const discarded = { before: NO_LOSS.before, since: even(WEEK_HOURS, 12, 2, 3) };
    expect(judge({ own: 700, losses: { limited: NO_LOSS, discarded } })?.kind).toBe("discarded");
  });

  test("that a filter takes of one error alone have risen, however much else is sent", () => {
    const before = even(0, WEEK_HOURS, 5, 215);
    const since = even(WEEK_HOURS, 6, 15, 215);
    const discarded = { before, since };
    expect(judge({ losses: { limited: NO_LOSS, discarded } })?.kind).toBe("discarded");
    expect(judge({ own: 10_000, losses: { limited: NO_LOSS, discarded } })).toBeUndefined();
  });

  test("that are all of them have risen where seven of ten were lost before", () => {
    expect(judgeLimited(even(0, WEEK_HOURS, 14, 20), even(WEEK_HOURS, 24, 20, 20))?.kind).toBe("limited");
  });

  test("that one spike dropped before do not hide a quota that is spent", () => {
    const lost = new Array<number>(WEEK_HOURS).fill(0).with(40, 5_000);
    const sent = new Array<number>(WEEK_HOURS).fill(50).with(40, 5_050);
    expect(judgeLimited(hoursFrom(0, lost, sent), even(WEEK_HOURS, 12, 50, 50))?.kind).toBe("limited");
  });

  test.each([
    ["are the same share as before", even(0, WEEK_HOURS, 6, 20), even(WEEK_HOURS, 24, 6, 20)],
    [
      "are as many, but a larger share of what is left",
      even(0, WEEK_HOURS, 6, 60),
      even(WEEK_HOURS, 24, 6, 8),
    ],
    ["are four", even(0, WEEK_HOURS, 0, 20), even(WEEK_HOURS, 1, 4, 4)],
    ["are more of more", even(0, WEEK_HOURS, 6, 20), even(WEEK_HOURS, 24, 24, 80)],
    ["are fewer", even(0, WEEK_HOURS, 6, 20), even(WEEK_HOURS, 24, 0, 0)],
    [
      "are a point more of very many",
      even(0, WEEK_HOURS, 2_000, 10_000),
      even(WEEK_HOURS, 24, 2_100, 10_000),
    ],
  ])("that %s hold nothing", (_, before, since) => {
    expect(judgeLimited(before, since)).toBeUndefined();
  });

  test("that come every day at noon are not new at noon", () => {
    const atNoon = (from: number, hours: number) =>
      Array.from({ length: hours }, (_, hour) => ((from + hour) % 24 === 12 ? 50 : 0));
    const lost = atNoon(0, WEEK_HOURS);
    const before = hoursFrom(
      0,
      lost,
      lost.map((count) => count + 60),
    );
    const since = hoursFrom(WEEK_HOURS + 12, atNoon(12, 2), [60, 10]);
    expect(judgeLimited(before, since)).toBeUndefined();
  });

  test("lift no hold by being more", () => {
    fc.assert(
      fc.property(
        fc.nat(30),
        fc.nat(30),
        fc.array(fc.tuple(fc.nat(40), fc.nat(40)), { minLength: 1, maxLength: 30 }),
        fc.nat(29),
        (lost, kept, hours, place) => {
          const before = even(0, WEEK_HOURS, lost, lost + kept);
          const rows = (extra: number) =>
            hoursFrom(
              WEEK_HOURS,
              hours.map(([gone], hour) => gone + (hour === place ? extra : 0)),
              hours.map(([gone, stored], hour) => gone + stored + (hour === place ? extra : 0)),
            );
          if (judgeLimited(before, rows(0)) !== undefined)
            expect(judgeLimited(before, rows(5))).toBeDefined();
        },
      ),
    );
  });
});
