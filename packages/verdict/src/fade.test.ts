import { describe, expect, it } from "vitest";
import { weighFade } from "./fade.ts";
import { assessRecovery, decideFrom } from "./recovery.ts";
import { summarise } from "./summarise.ts";

/** One error in every `n`th bucket of so many hours; `n` may change as time goes by. */
function every(hours: number, n: (hour: number) => number): number[] {
  let due = 0;
  return Array.from({ length: hours * 12 }, (_, bucket) => {
    due += 1 / n(bucket / 12);
    if (due < 1) return 0;
    due -= 1;
    return 1;
  });
}
const of = (events: readonly number[]) => ({ events, exposure: events.map(() => 10) });
const baseline = of(every(168, () => 2));
const deployed = { baseline, clock: false, baselineBeginsAtFirstEvent: false };
const assess = (events: readonly number[], split?: boolean) =>
  assessRecovery({
    ...deployed,
    since: of(events),
    hoursSinceDeploy: events.length / 12,
    ...(split === undefined ? {} : { split }),
  }).verdict;

describe("errors of which old clients' cannot be left out", () => {
  const steady = (hours: number) => every(hours, () => 2);
  const falling = (halfLife: number) => every(30, (hour) => 2 * 2 ** (hour / halfLife));

  it("fail at once where nobody asks for clients", () => {
    expect(assess(steady(6))).toBe("failing");
  });

  it("fail only once they cannot be those of clients that leave", () => {
    expect(assess(steady(6), false)).not.toBe("failing");
    expect(assess(steady(40), false)).toBe("failing");
  });

  it("do not fail at odds that one complete fix of a hundred reaches", () => {
    const since = of(steady(40));
    const summary = summarise({ ...deployed, since, split: false, hoursSinceDeploy: 40 });
    const judgeAt = (odds: number) => decideFrom({ ...summary, steady: Math.log(odds) }).verdict;
    expect([judgeAt(45), judgeAt(51)]).toEqual(["waiting", "failing"]);
  });

  it.each([6, 24, 48])("do not fail while they fall by half in %i h", (halfLife) => {
    expect(assess(falling(halfLife), false)).not.toBe("failing");
  });

  it("are weighed against the fall that explains them best", () => {
    const counts = { k0: 1008, E0: 20160, c: 0, E: 0, lam: 0, phi: 1 };
    expect(weighFade(of(falling(6)), counts)).toBeLessThan(0);
    expect(weighFade(of(steady(40)), counts)).toBeGreaterThan(3);
    expect(weighFade(of(steady(40)), { ...counts, phi: 4 })).toBeLessThan(3);
  });
});

describe("errors without those of old clients", () => {
  it("fail where they are steady, and not where they surely fall", () => {
    expect(
      assess(
        every(6, () => 2),
        true,
      ),
    ).toBe("failing");
    expect(assess(every(7, (hour) => 0.8 * 2 ** (hour / 3)))).toBe("failing");
    expect(
      assess(
        every(7, (hour) => 0.8 * 2 ** (hour / 3)),
        true,
      ),
    ).not.toBe("failing");
  });
});
