import { systemTime, type Time } from "./time.ts";

/** Spreads content writes, so that a provider's secondary limits are never reached. */
export type Pacing = {
  /** Takes the tokens, waiting for them first. Callers are served in order. */
  readonly take: (cost: number) => Promise<void>;
};

/** No pacing: every write goes at once. */
export const unpaced: Pacing = { take: async () => undefined };

/**
 * A token bucket for content writes. GitHub allows 80 a minute and 500 an hour; each aliased mutation counts one.
 * @param options.burst tokens in a full bucket (default 20); a cost above it waits for a full bucket and leaves a debt.
 * @param options.perMinute tokens that flow in each minute (default 60).
 */
export function createPacing(options: { burst?: number; perMinute?: number; time?: Time } = {}): Pacing {
  const { burst = 20, perMinute = 60, time = systemTime } = options;
  if (burst <= 0 || perMinute <= 0) throw new RangeError("Pacing needs a burst and a rate above zero.");
  const perMillisecond = perMinute / 60_000;
  let tokens = burst;
  let filledAt = time.now();
  let queue: Promise<void> = Promise.resolve();

  const refill = () => {
    const now = time.now();
    tokens = Math.min(burst, tokens + Math.max(0, now - filledAt) * perMillisecond);
    filledAt = now;
  };
  const waitFor = (cost: number) => {
    refill();
    const missing = Math.min(cost, burst) - tokens;
    return missing <= 0 ? 0 : Math.ceil(missing / perMillisecond);
  };
  const serve = async (cost: number) => {
    for (let wait = waitFor(cost); wait > 0; wait = waitFor(cost)) await time.sleep(wait);
    tokens -= cost;
  };
  return {
    take: (cost) => {
      if (cost <= 0) return Promise.resolve();
      queue = queue.then(() => serve(cost));
      return queue;
    },
  };
}
