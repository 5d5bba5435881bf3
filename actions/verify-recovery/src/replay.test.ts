import { ALLOWABLE } from "@patchpilot/action-kit/contract";
import { HOUR } from "@patchpilot/time";
import { BUCKETS_PER_HOUR, type RecoverySummary, summarise } from "@patchpilot/verdict";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decideRecovery, replay } from "./decide.ts";
import type { VerifyFacts, VerifySettings } from "./facts.ts";
import type { ReleasesFact } from "./questions/releases/facts.ts";
import { counted, recovered } from "./testing/facts.ts";
import { ALIVE, DEAD } from "./testing/sensor.ts";
import { BY_SESSIONS, sawSince, summed } from "./testing/watched.ts";
import { LIVE, NOW, SETTINGS } from "./testing/world.ts";

const decideNow = (facts: VerifyFacts) => decideRecovery(facts, NOW, SETTINGS);

/** Five-minute buckets, some with errors, some of unknown traffic. */
const anyBuckets = (most: number) =>
  fc
    .array(
      fc.tuple(
        fc.constantFrom(0, 0, 0, 0, 0, 1, 7),
        fc.oneof(
          { weight: 9, arbitrary: fc.integer({ min: 0, max: 3_000 }).map((n) => n / 7) },
          { weight: 1, arbitrary: fc.constant(Number.NaN) },
        ),
      ),
      { maxLength: most },
    )
    .map((buckets) => ({ events: buckets.map(([count]) => count), exposure: buckets.map(([, x]) => x) }));

const anySummary: fc.Arbitrary<RecoverySummary> = fc
  .record({
    baseline: anyBuckets(300),
    since: anyBuckets(150),
    clock: fc.boolean(),
    baselineBeginsAtFirstEvent: fc.boolean(),
    capHours: fc.constantFrom(undefined, 6, 48),
    gates: fc.record({ sameSampling: fc.boolean() }),
  })
  .map((input) => summarise({ ...input, hoursSinceDeploy: input.since.exposure.length / BUCKETS_PER_HOUR }));

const at = fc.integer({ min: 0, max: 100 * HOUR }).map((ago) => NOW - ago);

const anyWatch = fc
  .record({
    hours: fc.integer({ min: 1, max: 80 }),
    perHour: fc.constantFrom(0, 0.2, 2),
    sessions: fc.constantFrom(0, 120),
    alive: fc.constantFrom(true, false, null),
    lately: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .map(({ hours, perHour, sessions, alive, lately }) => {
    const all = summed({ hours, perHour: 2 });
    return sawSince({ hours, perHour, sessions }, { alive, all, share: { before: 1, lately } });
  });

const share = fc.double({ min: 0, max: 1, noNaN: true });
const amount = fc.double({ min: 0, max: 1e6, noNaN: true });
const evidence = fc.double({ min: -745, max: 710, noNaN: true });
const fading = fc.record({ gone: evidence, falls: evidence });
const anyReleases: fc.Arbitrary<ReleasesFact> = fc.record({
  rows: fc.array(
    fc.record({
      release: fc.string(),
      holds: fc.constantFrom(true, false, null),
      share: fc.option(share),
      errors: fc.nat(),
    }),
    { maxLength: 4 },
  ),
  further: fc.nat(),
  hours: amount,
  fixed: fc.record({ errors: fc.nat(), traffic: fc.option(amount) }),
  old: fc.record({ errors: fc.nat(), traffic: fc.option(amount) }),
  since: fc.record({ errors: amount, expected: amount, byTraffic: fc.option(amount) }),
  lately: fc.record({
    hours: amount,
    errors: amount,
    unsure: amount,
    expected: amount,
    byHours: amount,
    byTraffic: fc.option(amount),
    share: fc.option(share),
    sure: fc.option(share),
  }),
  fading: fc.record({ errors: fading, traffic: fc.option(fading) }),
  installed: fc.boolean(),
});

/** Facts of any incident, in any of their states, or not read yet. */
const anyFacts: fc.Arbitrary<VerifyFacts> = fc
  .record(
    {
      phase: fc.constantFrom("accepted", "verifying", "needs-human", "recovered"),
      held: fc.boolean(),
      attemptsLeft: fc.integer({ min: 0, max: 3 }),
      fix: fc.oneof(
        at.map((after) => ({ kind: "deployment", after }) as const),
        fc.record({
          kind: fc.constant("merged" as const),
          commit: fc.constant(LIVE),
          at,
          attempt: fc.constantFrom(1, null),
          pullRequest: fc.constantFrom(7, null),
        }),
      ),
      close: fc.record({
        at,
        looks: fc.constantFrom([], ["24h" as const]),
        old: fc.constantFrom(BY_SESSIONS, undefined),
      }),
      sign: fc.oneof(
        at.map((seen) => ({ state: "seen", at: seen }) as const),
        fc.constantFrom({ state: "gone" } as const, { state: "unknown", detail: "down" } as const),
      ),
      watch: fc.oneof(anyWatch, fc.record({ state: fc.constant("unknown" as const), detail: fc.string() })),
      deployment: fc.oneof(
        fc.record({
          state: fc.constant("live" as const),
          source: fc.constantFrom("vercel", "github", "sentry", "input"),
          sha: fc.constantFrom(LIVE, null),
          since: at,
        }),
        fc.record({
          state: fc.constantFrom("pending", "staged", "failed", "rolled-back", "absent", "unknown"),
          sha: fc.constantFrom(LIVE, null),
          detail: fc.string(),
        }),
      ),
      health: fc.record({
        state: fc.constantFrom("healthy", "unhealthy", "unknown", "off"),
        detail: fc.string(),
      }),
      traffic: fc.oneof(
        fc.record({
          state: fc.constant("counted" as const),
          source: fc.constantFrom("spans", "sessions", "posthog", "clock"),
          alive: fc.constantFrom(true, false, null),
        }),
        fc.record({ state: fc.constant("unknown" as const), detail: fc.string() }),
      ),
      errors: fc.oneof(
        fc.record({
          state: fc.constant("counted" as const),
          summary: anySummary,
          source: fc.constantFrom("spans", "sessions", "posthog", "clock"),
          byRelease: fc.boolean(),
          possiblyFixed: fc.integer({ min: 0, max: 60 }),
        }),
        fc.record({ state: fc.constant("unknown" as const), detail: fc.string() }),
      ),
      releases: anyReleases,
      sibling: fc.constantFrom({ state: "none" } as const, { state: "found", shortId: "SHOP-9" } as const),
      sensor: fc.constantFrom(ALIVE, DEAD, { state: "unknown", detail: "HTTP 503" } as const),
      closing: fc.constantFrom(["sibling"] as const, ["sibling", "sensor"] as const),
    },
    { requiredKeys: ["phase", "held", "attemptsLeft", "fix"] },
  )
  .map((drawn) => drawn as VerifyFacts);

/** Facts of an incident whose fix is live, with everything read. */
const anyLive = fc
  .record({
    hours: fc.integer({ min: 1, max: 80 }),
    c: fc.integer({ min: 0, max: 60 }),
    alive: fc.constantFrom(true, false, null),
    health: fc.constantFrom("healthy", "unhealthy", "unknown", "off"),
    attemptsLeft: fc.integer({ min: 0, max: 3 }),
    sibling: fc.constantFrom(
      { state: "none" } as const,
      { state: "found", shortId: "SHOP-9" } as const,
      undefined,
    ),
  })
  .map((drawn) =>
    recovered({
      attemptsLeft: drawn.attemptsLeft,
      deployment: { state: "live", source: "vercel", sha: LIVE, since: NOW - drawn.hours * HOUR },
      health: { state: drawn.health as "healthy", detail: "told" },
      traffic: { state: "counted", source: "sessions", alive: drawn.alive },
      errors: counted(drawn.hours, drawn.c),
      ...(drawn.sibling ? { sibling: drawn.sibling } : {}),
    }),
  );

const anySettings: fc.Arbitrary<VerifySettings> = fc
  .record({
    allow: fc.subarray([...ALLOWABLE]),
    minDeployAgeMs: fc.constantFrom(0, HOUR),
    capHours: fc.constantFrom(undefined, 6, 48),
  })
  .map(({ capHours, ...settings }) => (capHours === undefined ? settings : { ...settings, capHours }));

describe("a stored decision", () => {
  test("is the same, byte for byte, when it is made again from the stored numbers, for 1,000 random incidents", () => {
    fc.assert(
      fc.property(fc.oneof(anyFacts, anyLive), anySettings, (facts, settings) => {
        const decision = decideRecovery(facts, NOW, settings);
        const again = replay(JSON.parse(JSON.stringify(decision.numbers)));
        expect(JSON.stringify(again)).toBe(JSON.stringify(decision));
      }),
      { numRuns: 1_000 },
    );
  });
});

describe("an incident that is live", () => {
  test("has an end named to every wait, and closes only when every question is answered", () => {
    fc.assert(
      fc.property(anyLive, (facts) => {
        const { decision, eta, checks } = decideNow(facts);
        if (decision === "wait") expect(Date.parse(eta ?? "")).toBeGreaterThan(NOW);
        if (decision === "close") expect(checks.every(({ state }) => state !== "no")).toBe(true);
      }),
    );
  });
});
