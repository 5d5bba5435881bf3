import type { Config, Deed, WorkEnd } from "../decide/config.ts";
import type { Invariant } from "./invariants.ts";

/** A safeguard that is taken away, and what must notice it. */
type Broken = {
  /** What no longer holds. */
  readonly without: string;
  readonly breaks: Invariant;
  /** The smallest world in which that shows. */
  readonly in: Partial<Config>;
};

const SHORT = { runs: 1, attempts: 2, workers: 1, starts: 1, ticks: 0, faults: 0, crashes: false } as const;
const people = (may: readonly Deed[], work: readonly WorkEnd[] = ["patch"]) =>
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

/** Each fence of docs/protocol.md that the model can do without, one at a time. */
export const CONTROLS = {
  "claim-created-once": {
    without: "GitHub creates a claim's ref once",
    breaks: "lease-respected",
    in: { ...SHORT, runs: 2, attempts: 1, workers: 0 },
  },
  "claim-fast-forward": {
    without: "a takeover follows the claim that was read",
    breaks: "lease-respected",
    in: { ...SHORT, runs: 3, attempts: 1, ticks: 1, workers: 0 },
  },
  lease: {
    without: "a lease keeps other runs away",
    breaks: "lease-respected",
    in: { ...SHORT, runs: 2, attempts: 1, workers: 0 },
  },
  "clock-before-sending": {
    without: "a run asks the clock before it sends",
    breaks: "lease-respected",
    in: { ...SHORT, attempts: 1, ticks: 1, workers: 0 },
  },
  "takeover-looks": {
    without: "a takeover looks for a gate or a run",
    breaks: "no-second-worker-sent",
    in: { ...SHORT, runs: 2, attempts: 1, ticks: 1, work: ["nothing"] },
  },
  "gate-created-once": {
    without: "GitHub creates a gate once",
    breaks: "one-worker-per-attempt",
    in: { ...SHORT, runs: 2, attempts: 1, ticks: 1, workers: 2, work: ["nothing"] },
  },
  "gate-unread": {
    without: "a worker that was refused reads what the gate says",
    breaks: "one-worker-per-attempt",
    in: { ...SHORT, runs: 2, attempts: 1, ticks: 1, workers: 2, work: ["nothing"] },
  },
  "key-without-run": {
    without: "a key names no run, so that all find one gate",
    breaks: "one-worker-per-attempt",
    in: { ...SHORT, runs: 2, attempts: 1, ticks: 1, workers: 2, work: ["nothing"] },
  },
  "gate-fast-forward": {
    without: "a gate is closed from what was read",
    breaks: "no-pull-request-after-outcome",
    in: { ...SHORT, runs: 2, attempts: 1, starts: 2, work: ["patch", "nothing"] },
  },
  "gate-at-publish": {
    without: "publish moves the gate before it makes a branch",
    breaks: "no-pull-request-after-outcome",
    in: { ...SHORT, runs: 2, attempts: 1, starts: 2, work: ["patch", "nothing"] },
  },
  "closed-stays-closed": {
    without: "a closed gate is never written over",
    breaks: "outcome-stands",
    in: { ...SHORT, runs: 2, attempts: 1, starts: 2, work: ["patch", "nothing"] },
  },
  "no-time-for-old-lists": {
    without: "a run's end is given time before no pull request is believed",
    breaks: "outcome-matches-pull-request",
    in: { ...SHORT, runs: 2, attempts: 1, work: ["patch"], faults: 1 },
  },
  "outcome-without-closing": {
    without: "closing the gate is the outcome",
    breaks: "outcome-before-next-attempt",
    in: { ...SHORT, runs: 2, work: ["nothing"] },
  },
  "settled-first": {
    without: "dispatch settles before it chooses",
    breaks: "outcome-before-next-attempt",
    in: { ...SHORT, runs: 2 },
  },
  "cause-once": {
    without: "a cause that a claim names opens nothing",
    breaks: "one-cause-one-attempt",
    in: { ...SHORT, runs: 2, work: ["nothing"] },
  },
  "attempts-without-end": {
    without: "`max-attempts`",
    breaks: "attempts-limited",
    in: { ...SHORT, runs: 3, workers: 2, maxAttempts: 1, work: ["nothing"], begins: "first-ended" },
  },
  "interruptions-without-end": {
    without: "two interruptions in a row need a person",
    breaks: "interruptions-limited",
    in: {
      ...SHORT,
      runs: 3,
      attempts: 3,
      workers: 2,
      maxAttempts: 3,
      work: ["interrupted"],
      begins: "first-ended",
    },
  },
  "repairs-without-end": {
    without: "`max-ci-repairs`",
    breaks: "ci-repairs-limited",
    in: { ...people(["red-twice"]), maxCiRepairs: 0 },
  },
  "others-commits-overlooked": {
    without: "a branch with others' commits is left to people",
    breaks: "no-repair-of-others",
    in: people(["review", "commit"]),
  },
  "head-published": {
    without: "red checks count on the commit that was published",
    breaks: "no-repair-of-others",
    in: people(["commit", "red-twice"]),
  },
  "head-expected": {
    without: "`claim` starts only at the commit that was reviewed",
    breaks: "only-what-was-reviewed",
    in: people(["review", "commit"]),
  },
  "branch-fast-forward": {
    without: "a branch only moves forward",
    breaks: "no-commit-over-others",
    in: people(["review", "commit"]),
  },
  "orders-prompt": {
    without: "an order arrives before its lease is over",
    breaks: "no-late-order",
    in: { ...people(["review", "merge"]), runs: 3, workers: 1, ticks: 1, isPrompt: true },
  },
  reserving: { without: "money is reserved before a claim", breaks: "no-overspending", in: MONEY },
  "book-fast-forward": { without: "the sum follows what was read", breaks: "no-overspending", in: MONEY },
  "room-asked-again": {
    without: "who was refused asks again for room",
    breaks: "no-overspending",
    in: MONEY,
  },
  "anyone-approves": {
    without: "a plan is approved by who may write",
    breaks: "plan-as-approved",
    in: {
      ...SHORT,
      runs: 2,
      workers: 2,
      ticks: 1,
      deeds: 1,
      may: ["stranger-go-ahead"],
      work: ["plan"],
      begins: "first-ended",
      approval: "label",
    },
  },
  "hold-heeded": {
    without: "`claim` looks for patchpilot:hold",
    breaks: "hands-off",
    in: { ...SHORT, deeds: 1, may: ["hold"] },
  },
  "close-heeded": {
    without: "publish looks whether the issue is open",
    breaks: "hands-off",
    in: { ...SHORT, deeds: 1, may: ["close-issue"], work: ["patch"] },
  },
  "ended-runs-seen": {
    without: "an attempt whose run has ended is settled",
    breaks: "every-attempt-settled",
    in: { ...SHORT, work: ["nothing"] },
  },
} as const satisfies Readonly<Record<string, Broken>>;
export type Control = keyof typeof CONTROLS;

export const CONTROL_NAMES = Object.keys(CONTROLS) as Control[];
