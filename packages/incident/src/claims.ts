import * as z from "zod";
import { OUTCOMES } from "./records.ts";

/** The key of one attempt: no run id and no time in it, so that whoever repeats the attempt finds the same gate. */
export const attemptKey = (repositoryId: number | string, issue: number, attempt: number): string =>
  `pp-${repositoryId}-${issue}-a${attempt}`;

const KEY = /^pp-(\d+)-(\d+)-a(\d+)$/;

/** Takes a key apart; undefined for anything else. */
export function parseKey(
  key: string,
): { readonly repositoryId: number; readonly issue: number; readonly attempt: number } | undefined {
  const match = KEY.exec(key);
  if (match === null) return undefined;
  return { repositoryId: Number(match[1]), issue: Number(match[2]), attempt: Number(match[3]) };
}

const workerRun = { run: z.string(), runAttempt: z.number() };

/**
 * What the commit of a claim ref says of one attempt. `intent`: may be dispatched by `run` until `deadline`.
 * `done`: dispatched. `refused`: GitHub said no, the number is free. Every state repeats cause and losses.
 */
export const claimFact = z.discriminatedUnion("state", [
  z.looseObject({
    state: z.literal("intent"),
    cause: z.string(),
    losses: z.number(),
    run: z.string(),
    runAttempt: z.number(),
    deadline: z.string(),
    refusals: z.number().default(0),
    refusal: z.string().optional(),
  }),
  z.looseObject({
    state: z.literal("done"),
    cause: z.string(),
    losses: z.number(),
    confirmedAt: z.string(),
    run: z.string().optional(),
  }),
  z.looseObject({
    state: z.literal("refused"),
    cause: z.string(),
    losses: z.number(),
    reason: z.string(),
    refusals: z.number(),
    /** The dispatching runs that were refused, oldest first. */
    by: z.string(),
  }),
]);
export type ClaimFact = z.output<typeof claimFact>;

/** What the commit of a gate ref says: which worker run passed, that it publishes, or that it is over. */
export const gateFact = z.discriminatedUnion("state", [
  z.looseObject({ state: z.literal("working"), ...workerRun }),
  z.looseObject({ state: z.literal("publishing"), ...workerRun }),
  z.looseObject({
    state: z.literal("closed"),
    outcome: z.enum(OUTCOMES),
    at: z.string(),
    run: z.string().optional(),
    pullRequest: z.number().optional(),
    mergeCommit: z.string().optional(),
  }),
]);
export type GateFact = z.output<typeof gateFact>;
