import { describe, expect, test } from "vitest";
import { type ControlSummary, hasSay, prepareControl, weighControl } from "./control.ts";
import { isKept } from "./evidence.ts";
import { assessRecovery } from "./recovery.ts";
import type { Series } from "./series.ts";
import { poissonSeries, quietSeries, recoveryInput, seededRandom, WEEK } from "./testing/incidents.ts";

const HOURS = 12;
/** An active bucket an hour by steady traffic of one a bucket. */
const BASELINE = { k0: 168, E0: 2016, lam: 0, phi: 1, spread: 1 };

const errorsAt = (length: number, exposure: number, ...indices: number[]): Series => ({
  ...quietSeries(length, exposure),
  events: quietSeries(length).events.map((_, i) => (indices.includes(i) ? 1 : 0)),
});
const compare = (fixed: Series, old: Series, baseline = BASELINE): ControlSummary =>
  prepareControl(fixed, old, baseline)(fixed.exposure.length);

describe("releases with the fix beside those without it", () => {
  const length = 24 * HOURS;
  const old = errorsAt(length, 0.5, 10, 40, 70, 100, 130, 160, 190, 220, 250, 280);

  test("are better if the others alone still raise it", () => {
    const many = errorsAt(length, 0.5, ...Array.from({ length: 16 }, (_, i) => 10 + 17 * i));
    const control = compare(quietSeries(length, 0.5), many);
    expect(control).toMatchObject({ expected: 12, seen: 16 });
    expect(isKept(weighControl(control))).toBe(true);
  });

  test("prove nothing if neither raises it any more", () => {
    const control = compare(quietSeries(length, 0.5), quietSeries(length, 0.5));
    expect(control.logs).toEqual([0, 0, 0]);
    expect(isKept(weighControl(control))).toBe(false);
  });

  test("are no better if they raise as many", () => {
    const control = compare(errorsAt(length, 0.5, 20, 50, 80, 110, 140, 170, 200, 230, 260), old);
    expect(Math.max(...control.logs)).toBeLessThan(0);
  });

  test("prove more with more of the traffic", () => {
    const few = weighControl(compare(quietSeries(length, 0.1), old)).logE;
    expect(weighControl(compare(quietSeries(length, 0.9), old)).logE).toBeGreaterThan(few);
  });

  test("are compared only while both are used, and where traffic is known", () => {
    const later = {
      events: old.events,
      exposure: old.exposure.map((x, i) => (i < 144 ? x : i < 200 ? 0 : Number.NaN)),
    };
    const first = compare(quietSeries(144, 0.5), {
      events: old.events.slice(0, 144),
      exposure: old.exposure.slice(0, 144),
    });
    expect(compare(quietSeries(length, 0.5), later).logs).toEqual(first.logs);
  });

  test("are discounted by how bursty the errors came", () => {
    const bursty = compare(quietSeries(length, 0.5), old, { ...BASELINE, spread: 4 });
    expect(weighControl(bursty).logE).toBeLessThan(weighControl(compare(quietSeries(length, 0.5), old)).logE);
  });

  const sayBeside = (others: Series) => (buckets: number) =>
    hasSay(prepareControl(quietSeries(length, 0.5), others, BASELINE)(buckets));

  test("have a say once five errors are due from the others, if these raise fewer", () => {
    const say = sayBeside(quietSeries(length, 0.5));
    expect([say(119), say(120), say(288)]).toEqual([false, true, true]);
  });

  test("have a say beside others that raise as many as are due once a complete fix could show it", () => {
    const say = sayBeside(errorsAt(length, 0.5, ...Array.from({ length: 12 }, (_, i) => 20 + 24 * i)));
    expect([say(120), say(288)]).toEqual([false, true]);
  });

  test("have none beside others that left before it could be shown", () => {
    const left = quietSeries(length).events.map((_, i) => (i < 24 ? 5 : 0));
    const others = { events: left.map((x, i) => (x > 0 && i % 3 === 0 ? 1 : 0)), exposure: left };
    expect(compare(quietSeries(length, 0.5), others).expected).toBe(10);
    expect(sayBeside(others)(length)).toBe(false);
    expect(hasSay(undefined)).toBe(false);
  });

  test("are called better by chance in less than one of eight incidents if a quarter is left", () => {
    const random = seededRandom(11);
    const wrong = Array.from({ length: 200 }, () => {
      const half = (perHour: number) => ({
        ...poissonSeries(length * 2, perHour, random),
        exposure: quietSeries(length * 2, 0.5).exposure,
      });
      const look = prepareControl(half(0.5), half(2), { ...BASELINE, k0: 672 });
      return Array.from({ length: 48 }, (_, hour) => isKept(weighControl(look(hour * 12)))).includes(true);
    }).filter(Boolean).length;
    expect(wrong / 200).toBeLessThan(0.12);
    expect(wrong).toBeGreaterThan(0);
  });
});

describe("a silence that releases without the fix share", () => {
  const baseline = poissonSeries(WEEK, 2, seededRandom(5));
  const since = quietSeries(18 * HOURS, 0.5);

  test("is no recovery", () => {
    const { verdict, why, numbers } = assessRecovery(
      recoveryInput(baseline, since, { control: quietSeries(18 * HOURS, 0.5) }),
    );
    expect(verdict).not.toBe("recovered");
    expect(why).toEqual(["control"]);
    expect(numbers.control).toMatchObject({ seen: 0, left: 1, logE: 0 });
  });

  test("is one if they still raise it", () => {
    const control = {
      events: poissonSeries(18 * HOURS, 1, seededRandom(6)).events,
      exposure: since.exposure,
    };
    expect(assessRecovery(recoveryInput(baseline, since, { control })).verdict).toBe("recovered");
  });

  test("is one if they are hardly used", () => {
    const control = quietSeries(18 * HOURS, 0.01);
    expect(assessRecovery(recoveryInput(baseline, since, { control })).verdict).toBe("recovered");
  });
});
