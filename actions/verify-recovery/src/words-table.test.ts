import { DAY, HOUR, MINUTE } from "@patchpilot/time";
import { describe, expect, test } from "vitest";
import { decideRecovery } from "./decide.ts";
import type { DeploymentFact, ErrorsFact, VerifyFacts } from "./facts.ts";
import { counted, recovered, SIBLING, UNDIMINISHED } from "./testing/facts.ts";
import { ALIVE, DEAD, lossesOnly, QUIET } from "./testing/sensor.ts";
import { fastAgain, measured } from "./testing/slow.ts";
import { writeTable } from "./testing/table.ts";
import { closed, sawSince, summed } from "./testing/watched.ts";
import { FIX, LIVE, NOW, OLD, SETTINGS, someFacts } from "./testing/world.ts";

/** Every sentence that an incident of each kind can get, so that one can read them all: `words-table.md`. */

const ago = (hours: number): DeploymentFact => ({
  state: "live",
  source: "vercel",
  sha: LIVE,
  since: NOW - hours * HOUR,
});
const merged = (more = {}) =>
  ({ kind: "merged", commit: FIX, at: NOW - DAY, attempt: 1, pullRequest: 40, ...more }) as const;
const errors = (hours: number, c: number, more = {}): ErrorsFact => counted(hours, c, { events: c, ...more });
const after = (hours: number, c: number, more: object = {}, facts: Partial<VerifyFacts> = {}): VerifyFacts =>
  recovered({ deployment: ago(hours), errors: errors(hours, c, more), ...facts });

const NOT_LIVE: Record<string, DeploymentFact> = {
  "not live yet": { state: "pending", sha: LIVE, detail: "Vercel is building a1a1a1a." },
  "not promoted": {
    state: "staged",
    sha: LIVE,
    detail: "Vercel built a1a1a1a, but it is not promoted to production.",
  },
  "deployment failed": { state: "failed", sha: LIVE, detail: "The deployment of a1a1a1a failed on Vercel." },
  "rolled back": {
    state: "rolled-back",
    sha: LIVE,
    detail: "#40 was live in a1a1a1a, but production went back to 0d0d0d0.",
  },
  reverted: {
    state: "reverted",
    sha: LIVE,
    detail: "#40 was reverted by abababa (#51 into main) and is no longer in production (a1a1a1a is live).",
    until: NOW + DAY,
  },
  absent: {
    state: "absent",
    sha: OLD,
    detail: "#40 is not in production yet (merged on 18 November, 12:00 UTC; 0d0d0d0 is live).",
  },
  "wrong environment": {
    state: "unknown",
    sha: null,
    detail:
      "No deployment on GitHub went to the environment `production`; there are `prod-eu`. Set production-environment to the one that is live.",
  },
};
const DOWN = { health: { state: "unhealthy", detail: "It answered 503." } } as const;
const GONE = {
  traffic: {
    state: "counted",
    source: "spans",
    alive: null,
    gone: { since: NOW - 30 * MINUTE, expected: 20, logChance: -18 },
  },
} as const;
const CLOCK = {
  traffic: { state: "counted", source: "clock", alive: null },
  health: { state: "off", detail: "no health-url is set" },
} as const;
const SPENT = { attemptsLeft: 0 };
const WORKER: Partial<VerifyFacts> = {
  releases: {
    rows: [{ release: `worker@${OLD}`, holds: false, share: 0, errors: 60 }],
    further: 0,
    hours: 30,
    fixed: { errors: 0, traffic: 3600 },
    old: { errors: 60, traffic: 0 },
    lately: { ...UNDIMINISHED, errors: 30, share: 0.1, sure: 0.1 },
    since: { errors: 60, expected: 60, byTraffic: 0 },
    fading: { errors: { gone: 0, falls: 0 }, traffic: { gone: 0, falls: 0 } },
    installed: false,
  },
};
const STOPPED = {
  sensor: { state: "counted", summary: { ...lossesOnly({}), others: QUIET }, reasons: {} },
} as const;

const ERROR: Record<string, VerifyFacts> = {
  ...Object.fromEntries(
    Object.entries(NOT_LIVE).map(([name, deployment]) => [name, someFacts({ deployment })]),
  ),
  "live for 20 s": recovered({ deployment: ago(1 / 180) }),
  "health check fails": recovered({ deployment: ago(3), ...DOWN }),
  "nobody reaches the app": recovered({ deployment: ago(0.7), ...GONE }),
  "hardly any traffic": recovered({
    deployment: ago(3),
    traffic: { state: "counted", source: "sessions", alive: false },
  }),
  "too early": after(0.2, 0),
  "too early, with an error": after(0.2, 1),
  "cannot be counted": recovered({ errors: { state: "unknown", detail: "Sentry answered 503." } }),
  "operation unused": after(
    30,
    0,
    {},
    {
      operation: {
        state: "counted",
        summary: { ...(errors(30, 0) as { summary: object }).summary, E: 0 },
        names: ["POST /checkout"],
      } as never,
    },
  ),
  fell: after(20, 8),
  continued: after(30, 60),
  "continued, attempts spent": after(30, 60, {}, SPENT),
  "continued after a fix by hand": after(30, 60, {}, { fix: merged({ attempt: null, pullRequest: null }) }),
  "fell, undecided": after(48, 20),
  "too rare": after(1, 0, { active0: 20, events0: 20, cap: 72, eta: null }),
  "old releases": after(30, 0, {}, WORKER),
  sibling: after(30, 0, {}, { sibling: SIBLING }),
  "sensor: quota": after(30, 0, {}, { sensor: DEAD }),
  "sensor: others stopped": after(30, 0, {}, STOPPED),
  "sampling changed": after(30, 0, { shut: ["sameSampling"] }),
  recovered: after(30, 0, {}, { sensor: ALIVE }),
  "recovered, a few left": after(47, 1, {}, { sensor: ALIVE }),
  "recovered, perhaps a flare": after(48, 0, { rule: 3, spread: 1, young: true }),
  "recovered, by hours alone": {
    ...after(30, 0, { clock: true }, CLOCK),
    errors: { ...errors(30, 0, { clock: true }), source: "clock" } as ErrorsFact,
  },
  "still away": closed(25, sawSince({ hours: 25 })),
  back: closed(48, sawSince({ hours: 48, perHour: 2, lastHours: 20 })),
  "a tenth left": closed(640, sawSince({ hours: 640, perHour: 0.2 })),
  "too little since the close": closed(25, sawSince({ hours: 25, sessions: 5 })),
  "production lost it, errors back": closed(
    25,
    sawSince({ hours: 25 }, { all: summed({ hours: 25, perHour: 2, lastHours: 20 }) }),
    { deployment: NOT_LIVE["rolled back"] as DeploymentFact },
  ),
  "deleted in Sentry": closed(
    25,
    { state: "unknown", detail: "Sentry no longer has SHOP-12", lasting: true },
    { sign: { state: "gone" } },
  ),
};

const PERFORMANCE: Record<string, VerifyFacts> = {
  ...Object.fromEntries(
    Object.entries(NOT_LIVE).map(([name, deployment]) => [
      name,
      someFacts({ kind: "performance", deployment }),
    ]),
  ),
  "too early": fastAgain({
    deployment: ago(0.5),
    latency: measured({ samples: 0, slow: 0, p95: null, hours: 0.5 }),
  }),
  faster: fastAgain({ latency: measured({ p95: 330, slow: 130 }) }),
  "still slow": fastAgain({ latency: measured({ p95: 500, slow: 264 }) }),
  "still slow, attempts spent": fastAgain({ ...SPENT, latency: measured({ p95: 500, slow: 264 }) }),
  undecided: fastAgain({ deployment: ago(49), latency: measured({ p95: 300, slow: 110, hours: 49 }) }),
  "nobody uses it": fastAgain({
    traffic: { state: "counted", source: "spans", alive: false },
    tracing: { state: "unused" },
  }),
  "tracing stopped": fastAgain({
    traffic: { state: "counted", source: "spans", alive: false },
    tracing: { state: "stopped" },
  }),
  renamed: fastAgain({
    traffic: { state: "counted", source: "spans", alive: false },
    tracing: { state: "renamed", to: "GET /v2/cart" },
  }),
  "old releases": fastAgain({ deployment: ago(30), ...WORKER }),
  recovered: fastAgain(),
  "still fast": fastAgain({ phase: "recovered", close: { at: NOW - 25 * HOUR, looks: [] } }),
  "slow again": fastAgain({
    phase: "recovered",
    close: { at: NOW - 25 * HOUR, looks: [] },
    latency: measured({ p95: 500, slow: 264 }),
  }),
};

const ASKED: Record<string, VerifyFacts> = {
  ...Object.fromEntries(
    Object.entries(NOT_LIVE).map(([name, deployment]) => [name, someFacts({ kind: "asked", deployment })]),
  ),
  "health check fails": someFacts({ kind: "asked", deployment: ago(3), ...DOWN }),
  done: someFacts({ kind: "asked", deployment: ago(3), health: { state: "healthy", detail: "200" } }),
  "done, nothing says where": someFacts({
    kind: "asked",
    deployment: { state: "unknown", sha: null, detail: "Nothing says what is deployed.", untold: true },
  }),
};

const KINDS = { error: ERROR, performance: PERFORMANCE, "issue and task": ASKED };
const ALL = Object.entries(KINDS).flatMap(([kind, cases]) =>
  Object.entries(cases).map(([name, facts]) => {
    const decision = decideRecovery(facts, NOW, SETTINGS);
    return { kind, name, decision, said: `${decision.reason} ${decision.next ?? ""}` };
  }),
);

test("a reader sees every sentence, by kind", async () => {
  const rows = ALL.map(({ kind, name, decision: { decision, reason, next } }) => [
    kind,
    name,
    decision,
    reason,
    next ?? "",
  ]);
  await expect(writeTable(["kind", "state", "decision", "reason", "next"], rows)).toMatchFileSnapshot(
    "words-table.md",
  );
});

describe.each(ALL)("$kind, $name", ({ kind, decision: { reason, next, decision }, said }) => {
  test("needs nothing else: it begins and ends as a sentence, in two lines of a telephone or three", () => {
    expect(reason).toMatch(/^[A-Z#\d].*[.]$/);
    expect(reason.length).toBeLessThanOrEqual(215);
  });

  test("has no odds, no buckets, and no time that passes", () => {
    expect(said).not.toMatch(/odds|\d : 1|bucket|standard error|log-odds|\d{4}-\d\d-\d\dT|\bago\b/);
  });

  test("is true of its kind", () => {
    const untrue = {
      error: /p95|fast again|slow/i,
      performance: /\berrors?\b/i,
      "issue and task": /\berrors?\b|\bfix\b|p95|verified|recovered|attempt follows/i,
    }[kind];
    expect(said).not.toMatch(untrue ?? /^$/);
  });

  test("says what to do wherever it escalates", () => {
    if (decision === "escalate") expect(next).toMatch(/^[A-Z].*[.]$/);
  });
});
