import * as z from "zod";
import { ATTEMPT_ENDINGS, ENDING_CAUSES } from "./endings.ts";
import { KINDS } from "./kinds.ts";
import { performanceFacts } from "./performance.ts";
import { PHASES } from "./phases.ts";
import { publishedProof } from "./proof.ts";
import { seenSchema } from "./seen.ts";
import { SEVERITIES } from "./severity.ts";

/** Version of the record schemas. Within it, schemas only gain optional fields. */
export const RECORD_VERSION = 1;

export const OUTCOMES = [
  "lost",
  "failed",
  "no-change",
  "declined",
  "merged",
  "failing",
  "replaced",
  "planned",
  "changes-requested",
] as const;
export type AttemptOutcome = (typeof OUTCOMES)[number];

const instant = z.string();
const phased = {
  phase: z.enum(PHASES),
  phaseAt: instant,
  reason: z.string().optional(),
  /** What a person has to do or decide, in a word that names it for ever: `traffic`, `publish`, `spent`. */
  needs: z.string().optional(),
};

const declinedSchema = z.looseObject({ by: z.string(), text: z.string() });
/** Why a pull request was closed unmerged, in someone's words; clean and short. */
export type Declined = z.output<typeof declinedSchema>;

export const lessonSchema = z.looseObject({
  signature: z.string(),
  cause: z.string().optional(),
  fix: z.string().optional(),
  files: z.array(z.string()).default([]),
  outcome: z.string(),
  confidence: z.number(),
  pullRequest: z.number().optional(),
  /** Up to ten lines that the fix took out or put in. */
  diff: z.string().optional(),
  /** Why people with write access closed pull requests of it unmerged. */
  declined: z.array(declinedSchema).optional(),
  /** What `verify-recovery` said of it, in one sentence. */
  verdict: z.string().optional(),
});
/** What a closed incident teaches the next one; redacted, a hint and never an authority. */
export type Lesson = z.output<typeof lessonSchema>;

/** Login of who wrote the first suspect commit, a person and never a bot; absent: GitHub knows no account for it. */
export const suspectAuthor = z
  .string()
  .regex(/^[a-z\d][\w-]{0,38}$/i)
  .optional()
  .catch(undefined);

/** `incident`: what was accepted, frozen at acceptance. Written by intake or perf-scan. */
export const incidentRecord = z.looseObject({
  ...phased,
  /** Stable name: `sentry:<organization>/<issue id>`, the operation of a slow one, or `github:<number>`. */
  key: z.string(),
  kind: z.enum(KINDS),
  fingerprint: z.string(),
  /** Text shown to people, redacted and shortened. */
  title: z.string(),
  severity: z.enum(SEVERITIES),
  confidence: z.number(),
  environment: z.string().optional(),
  /** 1 at first acceptance; +1 at each reopening. */
  episode: z.number(),
  acceptedAt: instant,
  firstSeen: instant.optional(),
  release: z.string().optional(),
  /** What Sentry's issue is about where that is no error, as in `performance` or `cron`. */
  category: z.string().optional(),
  /** Where the evidence of the exception lives. */
  sentry: z
    .looseObject({
      organization: z.string(),
      issueId: z.string().optional(),
      shortId: z.string(),
      project: z.string().optional(),
      projectId: z.string().optional(),
      url: z.string().optional(),
    })
    .optional(),
  /** Only of the kind `performance`. */
  performance: performanceFacts.optional(),
  suspectFiles: z.array(z.string()).default([]),
  suspectAuthor,
  similar: z.array(z.number()).default([]),
  /** Of `similar`, those of this very signature: no other teaches. Absent in records from before it was kept. */
  sameSignature: z.array(z.number()).optional(),
  /** SHA-256 of the issue's body at acceptance: a later edit changes nothing but is noted. */
  bodyHash: z.string().optional(),
  bodyEdited: z.boolean().optional(),
  /** A fix that a person or Seer already has under way: dispatch stands down. */
  standDown: z.string().optional(),
  /** How the exception is told from others, for people and for similarity; clean text. */
  signature: z.string().optional(),
  /** Equal for errors that look alike and need not be one; absent: `fingerprint` was made by that rule alone. */
  likeness: z.string().optional(),
  /** Open incidents that look alike: they are repaired one after the other. */
  alike: z.array(z.number()).optional(),
  /** Further issues of Sentry's that are the same error and have no issue here. */
  together: z.array(z.looseObject({ issueId: z.string(), shortId: z.string() })).optional(),
  /** Whether Sentry itself was asked, or only the issue's text spoke. */
  basis: z.enum(["service", "text"]).optional(),
  /** SHA-256 of the evidence as it was accepted. Nothing compares it: docs/security.md says why. */
  evidenceHash: z.string().optional(),
  /** At most an hour older than the newest count that showed more events. */
  seen: seenSchema.optional(),
});
export type IncidentRecord = z.output<typeof incidentRecord>;

/** What is said of one product event. */
export const countedEvent = {
  event: z.string(),
  current: z.number(),
  baseline: z.number(),
  change: z.number().nullable(),
  actors: z.number(),
  /** Different people in the baseline; absent in records from before it was kept. */
  baselineActors: z.number().optional(),
};

/** `impact`: product events in the incident's window against the baseline. */
export const impactRecord = z.looseObject({
  summary: z.string(),
  window: z.looseObject({ from: instant, to: instant }),
  events: z.array(z.looseObject(countedEvent)).default([]),
  /** What the window is compared with: `previous-week` or `previous-window`. */
  baseline: z.string().optional(),
  episode: z.number().optional(),
  /** What the incident's severity rises to by these counts; absent: it does not. */
  severity: z.enum(SEVERITIES).optional(),
});
export type ImpactRecord = z.output<typeof impactRecord>;

/** `attempt/n`: one repair attempt, repeated from refs, runs and pull requests for people to read. */
export const attemptRecord = z.looseObject({
  ...phased,
  attempt: z.number(),
  episode: z.number(),
  key: z.string(),
  cause: z.string(),
  agent: z.string(),
  dispatchedAt: instant,
  runId: z.string().optional(),
  losses: z.number().default(0),
  outcome: z.enum(OUTCOMES).optional(),
  /** How it ended beside its outcome, and what that is owed to. */
  ending: z.enum(ATTEMPT_ENDINGS).optional().catch(undefined),
  endingCause: z.enum(ENDING_CAUSES).optional().catch(undefined),
  pullRequest: z.number().optional(),
  pullRequestUrl: z.string().optional(),
  mergeCommit: z.string().optional(),
  mergedAt: instant.optional(),
  /** The beginning of what it asked, if it ended so: clean text, an agent's words. */
  question: z.string().optional(),
  /** Address of its run. */
  runUrl: z.string().optional(),
  /** Of an attempt that did not start: address of the workflow that was to start, on the default branch. */
  workflowUrl: z.string().optional(),
  /** How long the work took, and what it cost in dollars, as its run left it. */
  seconds: z.number().optional(),
  usd: z.number().optional(),
  /** What the reviewers said who closed its pull request unmerged. */
  declined: z.array(declinedSchema).optional(),
  /** How far the worker was told to go; absent: to a pull request. */
  autonomy: z.string().optional(),
  /** Why that is less far than the input of dispatch says. */
  autonomyReasons: z.array(z.string()).optional(),
  /** What the tests show of its patch, as `publish` learnt it. */
  proof: publishedProof.optional(),
  /** Branch of the pull request where it is an earlier attempt's, which this one goes on with. */
  branch: z.string().optional(),
});
export type AttemptRecord = z.output<typeof attemptRecord>;

/** `recovery/e`: the decision on episode e, with the numbers that it used, so that a replay repeats it. */
export const recoveryRecord = z.looseObject({
  ...phased,
  episode: z.number(),
  decision: z.string(),
  verdict: z.string(),
  eta: instant.nullish(),
  attempt: z.number().optional(),
  mergeCommit: z.string().optional(),
  /** What you have to do about it, in one or two sentences; absent: nothing. */
  next: z.string().optional(),
  /** Set while someone is needed though the phase does not say so; `traffic`: nobody reaches the app since the deploy. */
  needs: z.string().optional(),
  decidedAt: instant,
  closedAt: instant.optional(),
  /** Looks after the close: which of the 24 h and 7 d looks are done. */
  looks: z.array(z.string()).optional(),
  numbers: z.unknown().optional(),
  checks: z.unknown().optional(),
  lesson: lessonSchema.optional(),
});
export type RecoveryRecord = z.output<typeof recoveryRecord>;

/**
 * `plan/n`: the plan of attempt n, written by propose. The text stands in the comment between the lines that
 * `planText` writes, and `sha256` is its hash in UTF-8: what a person approves with `patchpilot:go-ahead`.
 */
export const planRecord = z.looseObject({
  attempt: z.number(),
  key: z.string(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type PlanRecord = z.output<typeof planRecord>;

/** `report`: what an agent reported, by attempt; the text is in the comment. A later report takes its place. */
export const reportRecord = z.looseObject({
  attempt: z.number(),
  key: z.string(),
  runId: z.string().optional(),
});
export type ReportRecord = z.output<typeof reportRecord>;

/** `dispatch`: why no attempt is opened, where no later run can change that; said once, with its remedy. */
export const dispatchRecord = z.looseObject({ ...phased, reason: z.string() });
export type DispatchRecord = z.output<typeof dispatchRecord>;

/**
 * `turn/n`: a comment of its own, for GitHub notifies nobody of one that is edited. It says that a turn has come to a
 * person, or that the incident is over.
 */
export const turnRecord = z.looseObject({
  /** Counts these comments of the issue, from 1. */
  turn: z.number(),
  /** Names the turn for ever, as `decideTurn` does. */
  key: z.string(),
  /** 0 for the first comment about the turn; then how often it reminds of it. */
  reminder: z.number().default(0),
});
export type TurnRecord = z.output<typeof turnRecord>;
