import { HttpFailure, takesTooLong } from "@patchpilot/http";
import type { GitHub } from "./client.ts";

/** How much is asked for at once. */
export type Portion = {
  /** Whether everything fits into one question. */
  readonly isWhole: boolean;
  /** Of a page of at most so many, how many are asked for. */
  readonly size: (most: number) => number;
};

/** Divides a page of 50 down to single issues. */
const SMALLEST = 64;

/** By connection, so that a run does not ask again for what GitHub could not answer. */
const divisors = new WeakMap<GitHub, number>();

/**
 * Asks, and asks again for half as much if GitHub cannot answer: its resource limits, a time-out, 502 or 504. The
 * smaller size holds for the rest of the run.
 * @param ask sends its queries with `once`
 * @throws HttpFailure what the smallest question, or anything but its size, failed of
 */
export async function askInPortions<T>(github: GitHub, ask: (portion: Portion) => Promise<T>): Promise<T> {
  for (;;) {
    const divisor = divisors.get(github) ?? 1;
    try {
      return await ask({
        isWhole: divisor === 1,
        size: (most) => Math.max(1, Math.floor(most / divisor)),
      });
    } catch (error) {
      if (!(error instanceof HttpFailure) || !takesTooLong(error) || divisor >= SMALLEST) throw error;
      divisors.set(github, Math.max(divisors.get(github) ?? 1, divisor * 2));
    }
  }
}

/** How queries that are asked in portions are sent. */
export const ONCE = { once: true } as const;
