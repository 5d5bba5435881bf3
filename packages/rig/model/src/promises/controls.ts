import type { Config, PersonDeed, WorkEnd } from "../decide/config.ts";
import type { PromiseName } from "./invariants.ts";

/** A safeguard that is taken away, and what must notice it. */
type Broken = {
  /** What no longer holds. */
  readonly without: string;
  readonly breaks: PromiseName;
  /** The smallest world in which that shows. */
  readonly in: Partial<Config>;
};

const SHORT = { runs: 1, attempts: 2, workers: 1, starts: 1, ticks: 0, faults: 0, crashes: false } as const;
const TWO_RUNS = { ...SHORT, runs: 2 } as const;
const AFTER_FIRST = { ...SHORT, workers: 2, begins: "first-ended" } as const;
const SPENT = { ...AFTER_FIRST, runs: 3, maxAttempts: 1, work: ["nothing"] } as const;
const INTERRUPTED = { ...AFTER_FIRST, runs: 3, attempts: 3, maxAttempts: 3, work: ["interrupted"] } as const;
const TWO_FOR_NOTHING = { ...TWO_RUNS, work: ["nothing"] } as const;
const people = (may: readonly PersonDeed[], work: readonly WorkEnd[] = ["patch"]) =>
  ({ ...SHORT, deeds: may.length, may, work, runs: 2, workers: 2, begins: "first-ended" }) as const;
const MONEY = {
  ...SHORT,
  issues: 2,
  runs: 2,
  attempts: 1,
  workers: 2,
  caps: { perAttempt: 5, perMonth: 5 },
  work: ["nothing"],
} as const;

const ALONE = { ...SHORT, runs: 2, attempts: 1, workers: 0 } as const;
const TWO_SENT = { ...SHORT, runs: 2, attempts: 1, ticks: 1, workers: 2, work: ["nothing"] } as const;
const RUN_AGAIN = { ...SHORT, runs: 2, attempts: 1, starts: 2, work: ["patch", "nothing"] } as const;

const RACING = { ...SHORT, runs: 3, attempts: 1, ticks: 1, workers: 0 } as const;
const PROMPT = { ...people(["review", "merge"]), runs: 3, workers: 1, ticks: 1, isPrompt: true } as const;

const SENT_LATE = { ...TWO_RUNS, attempts: 1, maxAttempts: 1, ticks: 3, begins: "first-sent" } as const;
const REVIEWED_LATE = { ...people(["review"]), runs: 3, ticks: 3, begins: "second-sent" } as const;

const missing = (without: string, breaks: PromiseName, world: Partial<Config>): Broken => ({
  without,
  breaks,
  in: world,
});

/** Each fence of docs/protocol.md that the model can do without, one at a time. */
export const MODEL_CONTROLS = {
  "claim-created-once": missing("GitHub creates a claim's ref once", "lease-respected", ALONE),
  "claim-fast-forward": missing("a takeover follows the claim that was read", "lease-respected", RACING),
  lease: missing("a lease keeps other runs away", "lease-respected", ALONE),
  "clock-before-sending": missing("a run asks the clock before it sends", "lease-respected", {
    ...SHORT,
    attempts: 1,
    ticks: 1,
    workers: 0,
  }),
  "takeover-looks": missing("a takeover looks for a gate or a run", "no-second-worker-sent", {
    ...SHORT,
    runs: 2,
    attempts: 1,
    ticks: 1,
    work: ["nothing"],
  }),
  "gate-created-once": missing("GitHub creates a gate once", "one-worker-per-attempt", TWO_SENT),
  "gate-unread": missing(
    "a worker that was refused reads what the gate says",
    "one-worker-per-attempt",
    TWO_SENT,
  ),
  "key-without-run": missing("a key names no run, and all find one gate", "one-worker-per-attempt", TWO_SENT),
  "gate-fast-forward": missing(
    "a gate is closed from what was read",
    "no-pull-request-after-outcome",
    RUN_AGAIN,
  ),
  "gate-at-publish": missing(
    "publish moves the gate before it makes a branch",
    "no-pull-request-after-outcome",
    RUN_AGAIN,
  ),
  "closed-stays-closed": missing("a closed gate is never written over", "outcome-kept", RUN_AGAIN),
  "no-time-for-old-lists": missing(
    "a run's end is given time before no pull request is believed",
    "outcome-matches-pull-request",
    { ...SHORT, runs: 2, attempts: 1, work: ["patch"], faults: 1 },
  ),
  "outcome-without-closing": missing(
    "closing the gate is the outcome",
    "outcome-before-next-attempt",
    TWO_FOR_NOTHING,
  ),
  "settled-first": missing("dispatch settles before it chooses", "outcome-before-next-attempt", TWO_RUNS),
  "cause-once": missing("a cause that a claim names opens nothing", "one-cause-one-attempt", TWO_FOR_NOTHING),
  "attempts-without-end": missing("`max-attempts`", "attempts-limited", SPENT),
  "interruptions-without-end": missing(
    "two interruptions in a row need somebody",
    "interruptions-limited",
    INTERRUPTED,
  ),
  "repairs-without-end": missing("`max-ci-repairs`", "ci-repairs-limited", {
    ...people(["red-twice"]),
    maxCiRepairs: 0,
  }),
  "others-commits-overlooked": missing(
    "a branch with others' commits is left to people",
    "no-repair-of-others",
    people(["review", "commit"]),
  ),
  "head-published": missing(
    "red checks count on the commit that was published",
    "no-repair-of-others",
    people(["commit", "red-twice"]),
  ),
  "head-expected": missing(
    "`claim` starts only at the commit that was reviewed",
    "only-what-was-reviewed",
    people(["review", "commit"]),
  ),
  "branch-fast-forward": missing(
    "a branch only moves forward",
    "no-commit-over-others",
    people(["review", "commit"]),
  ),
  "orders-prompt": missing("an order arrives before its lease is over", "no-late-order", PROMPT),
  reserving: missing("money is reserved before a claim", "no-overspending", MONEY),
  "book-fast-forward": missing("the sum follows what was read", "no-overspending", MONEY),
  "room-asked-again": missing("who was refused asks again for room", "no-overspending", MONEY),
  "anyone-approves": missing("a plan is approved by who may write", "plan-as-approved", {
    ...SHORT,
    runs: 2,
    workers: 2,
    ticks: 1,
    deeds: 1,
    may: ["stranger-go-ahead"],
    work: ["plan"],
    begins: "first-ended",
    approval: "label",
  }),
  "hold-heeded": missing("`claim` looks for patchpilot:hold", "hands-off", {
    ...SHORT,
    deeds: 1,
    may: ["hold"],
  }),
  "close-heeded": missing("publish looks whether the issue is open", "hands-off", {
    ...SHORT,
    deeds: 1,
    may: ["close-issue"],
    work: ["patch"],
  }),
  "refusal-heeded": missing(
    "who may not move its gate to publishing writes nothing",
    "no-commit-after-outcome",
    REVIEWED_LATE,
  ),
  "late-runs-awaited": missing(
    "a run is gone only if its gate is old as well",
    "no-pull-request-after-outcome",
    { ...SENT_LATE, work: ["patch"] },
  ),
  "closed-heeded": missing("a worker that finds its gate closed stands back", "no-work-after-outcome", {
    ...SENT_LATE,
    work: ["nothing"],
  }),
  "closing-awaited": missing("an outcome is told once its gate is closed", "record-matches-outcome", {
    ...TWO_FOR_NOTHING,
    maxAttempts: 1,
    faults: 1,
  }),
  "spend-settled-once": missing("only what is reserved is settled", "settled-spend-kept", {
    ...MONEY,
    issues: 1,
    runs: 2,
    workers: 1,
    starts: 2,
    maxAttempts: 1,
  }),
  "outcomes-cause": missing("an outcome is a cause", "every-incident-served", TWO_FOR_NOTHING),
  "ended-runs-seen": missing("an attempt whose run has ended is settled", "every-attempt-settled", {
    ...SHORT,
    work: ["nothing"],
  }),
} satisfies Readonly<Record<string, Broken>>;
export type Control = keyof typeof MODEL_CONTROLS;

export const CONTROL_NAMES = Object.keys(MODEL_CONTROLS) as Control[];
