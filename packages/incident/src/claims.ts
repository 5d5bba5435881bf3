import { omitUndefined } from "@patchpilot/optional";
import * as z from "zod";
import { ATTEMPT_ENDINGS, ENDING_CAUSES } from "./endings.ts";
import { publishedProof } from "./proof.ts";
import { OUTCOMES } from "./records.ts";
import { sequencesSchema } from "./sequences.ts";
import { amounts } from "./spend.ts";

/** What names an attempt: the id of the repository that holds the incident, its issue, and its number. */
export type AttemptName = {
  readonly repositoryId: number;
  readonly issue: number;
  readonly attempt: number;
};

/** The key of one attempt: no run id and no time in it, so that whoever repeats the attempt finds the same gate. */
export const attemptKey = (repositoryId: number | string, issue: number, attempt: number): string =>
  `pp-${repositoryId}-${issue}-a${attempt}`;

const KEY = /^pp-([1-9]\d{0,14})-([1-9]\d{0,9})-a([1-9]\d{0,4})$/;

/** Takes a key apart; undefined for anything that `attemptKey` does not write, such as a number with a leading zero. */
export function parseKey(key: string): AttemptName | undefined {
  const match = KEY.exec(key);
  if (match === null) return undefined;
  return { repositoryId: Number(match[1]), issue: Number(match[2]), attempt: Number(match[3]) };
}

const workerRun = { run: z.string(), runAttempt: z.number() };

/** A word that this version does not know counts as none: the outcome beside it says enough. */
const ending = z.enum(ATTEMPT_ENDINGS).optional().catch(undefined);

/** `review` is empty if nobody asked, but checks are red: `red` is a hash of their names, on the files of `tree`. */
const continuation = z.looseObject({
  ...{ branch: z.string(), pullRequest: z.number(), head: z.string(), review: z.string() },
  checks: z.looseObject({ red: z.string(), tree: z.string() }).optional(),
});

const claimed = {
  /** Why this attempt was opened; one cause opens one attempt. */
  cause: z.string(),
  episode: z.number(),
  /** Further causes that this attempt used up: labels of people who had a refused dispatch sent again. */
  spends: z.array(z.string()).optional(),
  /** How often a confirmed dispatch of this attempt started nothing. */
  losses: z.number(),
  /** How many runs in a row GitHub refused, for the reason in `refusal`. */
  refusals: z.number().default(0),
  refusal: z.string().optional(),
  /** How the attempt before this one ended beside its outcome. */
  after: ending,
  /** What it may spend, and the month, such as `2026-11` in UTC, in whose sum that is reserved. Absent: nobody counts. */
  reserves: amounts.extend({ month: z.string() }).optional().catch(undefined),
  /** The pull request of an earlier attempt that this one goes on with, and the review that asked for it. */
  continues: continuation.optional(),
  /** The plan that this attempt carries out, by the attempt that made it. */
  plan: z.looseObject({ attempt: z.number(), sha256: z.string() }).optional(),
  /** How often each record had been written when the claim was: an older state that is put back is refused. */
  records: sequencesSchema,
};

/**
 * What the commit of a claim ref says of one attempt. `intent`: may be dispatched by `run` until `deadline`.
 * `done`: dispatched. `refused`: GitHub said no, the number is free. Every state repeats cause and counts.
 */
export const claimFact = z.discriminatedUnion("state", [
  z.looseObject({
    state: z.literal("intent"),
    ...claimed,
    run: z.string(),
    runAttempt: z.number(),
    deadline: z.string(),
  }),
  z.looseObject({
    state: z.literal("done"),
    ...claimed,
    confirmedAt: z.string(),
    run: z.string().optional(),
  }),
  z.looseObject({ state: z.literal("refused"), ...claimed, run: z.string() }),
]);
export type ClaimFact = z.output<typeof claimFact>;

/** What an attempt builds on beside the incident: the same through all states of its claim. */
export type Groundwork = Pick<ClaimFact, "continues" | "plan">;

/** What a claim says that the attempt builds on. */
export const pickGroundwork = ({ continues, plan }: Groundwork): Groundwork =>
  omitUndefined({ continues, plan });

/** The commit that `publish` left the branch of the attempt at: what is on it beyond that is not PatchPilot's. */
const publishedHead = z
  .string()
  .regex(/^[0-9a-f]{40,64}$/)
  .optional()
  .catch(undefined);

/** What the commit of a gate ref says: which worker run passed, that it publishes, or that it is over. */
export const gateFact = z.discriminatedUnion("state", [
  z.looseObject({ state: z.literal("working"), ...workerRun }),
  z.looseObject({
    state: z.literal("publishing"),
    ...workerRun,
    proof: publishedProof.optional(),
    /** The proof is too little for the workflow: nothing is published without a maintainer's word. */
    waits: z.literal(true).optional(),
    head: publishedHead,
  }),
  z.looseObject({
    state: z.literal("closed"),
    outcome: z.enum(OUTCOMES),
    /** What the outcome does not tell. */
    ending,
    cause: z.enum(ENDING_CAUSES).optional().catch(undefined),
    at: z.string(),
    run: z.string().optional(),
    pullRequest: z.number().optional(),
    mergeCommit: z.string().optional(),
    head: publishedHead,
    /** The same of attempts, of `dispatch` and `report`, when the gate was closed. */
    records: sequencesSchema,
  }),
]);
export type GateFact = z.output<typeof gateFact>;

/**
 * The branch that `propose` makes for an attempt. No time in it: whoever repeats the attempt finds the same branch.
 * Where another repository is repaired, the incident's is named: several may have an issue of that number.
 */
export const attemptBranch = ({ repositoryId, issue, attempt }: AttemptName, elsewhere: boolean): string =>
  `patchpilot/${elsewhere ? `${repositoryId}-` : ""}${issue}-a${attempt}`;
