import type { RecoverySummary } from "@patchpilot/verdict";
import { describe, expect, test } from "vitest";
import { decideRecovery } from "../../decide.ts";
import type { VerifyFacts } from "../../facts.ts";
import { counted, recovered } from "../../testing/facts.ts";
import { ALIVE, QUIET } from "../../testing/sensor.ts";
import { NOW, SETTINGS } from "../../testing/world.ts";
import type { SensorFact } from "../sensor/facts.ts";
import { findSignOfLife, isVouchedFor } from "./vouch.ts";

const decideNow = (facts: VerifyFacts) => decideRecovery(facts, NOW, SETTINGS);
const UNWATCHED = { health: { state: "off", detail: "no health-url is set" } } as const;

const NOT_LATE = { buckets: 1, E: 1, quiet: 100 };

/** Other errors of the project: as many an hour as before, or none, or too few to miss. */
const others = (c: number, k0 = QUIET.k0): SensorFact => ({
  state: "counted",
  summary: {
    own: 12,
    losses: null,
    others: { ...QUIET, k0, c, quiet: c, late: c === 0 ? QUIET.late : NOT_LATE },
  },
  reasons: {},
});

/** Releases without the fix that were due to raise so many errors and raised as many as they were due. */
const beside = (expected: number, logE: number): Partial<RecoverySummary> => ({
  rule: 3,
  spread: 1,
  control: { expected, seen: expected, logs: [logE, logE, logE], decides: true, share: 0.5 },
});

describe("what vouches for the counts", () => {
  test.each<[string, Partial<VerifyFacts>]>([
    [
      "the failing operation's requests",
      { operation: { state: "counted", summary: counted(30, 0) } as never },
    ],
    ["a sensor whose losses are counted", { sensor: ALIVE }],
    ["other errors that are due", { sensor: others(72) }],
    ["releases without the fix", { errors: counted(30, 0, beside(40, 9)) }],
  ])("%s", (_, facts) => {
    expect(isVouchedFor(recovered(facts))).toBe(true);
  });

  test.each<[string, Partial<VerifyFacts>]>([
    ["nothing", {}],
    [
      "too few errors that releases without the fix were due to raise",
      { errors: counted(30, 0, beside(4, 9)) },
    ],
    ["too few other errors to miss", { sensor: others(0, 20) }],
    ["a sensor that could not be asked", { sensor: { state: "unknown", detail: "Sentry answered 503." } }],
  ])("%s does not", (_, facts) => {
    expect(isVouchedFor(recovered(facts))).toBe(false);
  });

  test("asks less of the counts", () => {
    // Young by a prior: enough against each promise, but not against 30 % of twice as bursty errors.
    const young = counted(9, 0, {
      rule: 3,
      spread: 1.1,
      phi: 2,
      active0: 24,
      events0: 24,
      n0: 144,
      E0: 1440,
    });
    expect(decideNow(recovered({ errors: young, sensor: others(96) })).decision).toBe("close");
    expect(decideNow(recovered({ errors: young })).decision).toBe("wait");
  });
});

describe("another sign of life for a weak recovery", () => {
  const sign = (facts: Partial<VerifyFacts>) => {
    const control = facts.errors?.state === "counted" ? facts.errors.summary.control : undefined;
    return findSignOfLife(recovered({ ...UNWATCHED, ...facts }), { control } as never);
  };

  test("is a healthy app, another release that still raises it, or another error", () => {
    expect(findSignOfLife(recovered(), {} as never)).toBe("the health check answers");
    expect(sign({ errors: counted(30, 0, beside(40, 9)) })).toMatch(/releases without the fix/);
    expect(sign({ sensor: others(72) })).toMatch(/other errors .* arrive as before/);
  });

  test("is not the traffic that was counted already", () => {
    expect(sign({ errors: counted(30, 0, { rule: 3 }) })).toBeUndefined();
    expect(sign({ errors: counted(30, 0) })).toBe("there is traffic");
  });

  test("is not a sensor of which nothing is seen to arrive", () => {
    const facts = { errors: counted(30, 0, { rule: 3 }) };
    expect(sign({ ...facts, sensor: ALIVE })).toBeUndefined();
    expect(sign({ ...facts, sensor: others(0, 20) })).toBeUndefined();
  });
});

describe("releases with the fix beside those without it", () => {
  test("must be shown to be better", () => {
    const { decision, reason, odds } = decideNow(recovered({ errors: counted(30, 0, beside(40, 0.5)) }));
    expect(decision).toBe("wait");
    expect(reason).toContain("But releases without the fix are nearly as quiet.");
    expect(odds.join(" ")).toMatch(/which raised it in 40 five-minute buckets, the odds are .* is needed/);
  });

  test("are no measure of it if these were silent too", () => {
    const control = { expected: 12, seen: 0, logs: [0, 0, 0], decides: false, share: 0.9 };
    const silent = { rule: 3, spread: 1, control };
    const { reason, odds } = decideNow(recovered({ errors: counted(30, 0, silent) }));
    expect(reason).toContain("have stopped raising it too, so something else may have ended it");
    expect(odds.join(" ")).toMatch(/were due to raise it in 12 .* and raised none/);
  });
});

describe("an error known for less than six hours", () => {
  const flare = (hours: number) =>
    decideNow(recovered({ errors: counted(hours, 0, { rule: 3, spread: 1, young: true }) }));

  test("is not called recovered while it may be calming by itself", () => {
    expect(flare(30)).toMatchObject({ decision: "wait" });
    expect(flare(30).reason).toMatch(/less than 6 h old at the deploy.* takes 48 h to rule out/);
  });

  test("is closed as stopped after two days, and no fix gets the credit", () => {
    expect(flare(48)).toMatchObject({ decision: "close" });
    expect(flare(48).reason).toMatch(/Nothing shows that the fix did it/);
  });
});
