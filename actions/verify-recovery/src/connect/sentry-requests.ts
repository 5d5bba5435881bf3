import { isUnsupported } from "@patchpilot/sentry";
import type { SentryError } from "../questions/case.ts";
import type { OperationErrors, OperationRequests, TimeSpan } from "../questions/sources.ts";
import type { SentryAccess } from "./sentry.ts";
import { toCounted } from "./sentry-neighbours.ts";

/** The transactions in which errors occurred: one request for all of them, three where they are many. */
export const readTransactions = (
  { ask, environment }: SentryAccess,
  errors: readonly SentryError[],
  { from, until }: TimeSpan,
): Promise<ReadonlyMap<string, readonly OperationErrors[]>> =>
  unlessRefused(() =>
    ask().errorsByTransaction(errors.flatMap(toCounted), {
      start: new Date(from),
      end: new Date(until),
      environment,
    }),
  );

/** Requests of transactions, one request for ten. */
export const readRequests = (
  { ask, environment }: SentryAccess,
  project: string,
  names: readonly string[],
  { from, until }: TimeSpan,
): Promise<ReadonlyMap<string, OperationRequests>> =>
  unlessRefused(() =>
    ask().spansByTransaction({
      transactions: names,
      start: new Date(from),
      end: new Date(until),
      environment,
      ...(project === "" ? {} : { projects: [project] }),
    }),
  );

/** An older Sentry refuses the question itself: then nothing is known. */
async function unlessRefused<T>(
  question: () => Promise<ReadonlyMap<string, T>>,
): Promise<ReadonlyMap<string, T>> {
  try {
    return await question();
  } catch (error) {
    if (isUnsupported(error)) return new Map();
    throw error;
  }
}
