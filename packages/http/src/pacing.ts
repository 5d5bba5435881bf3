import { HttpFailure } from "./failure.ts";
import { systemTime, type Time } from "./time.ts";

/** Spreads content writes, so that a provider's secondary limits are never reached. */
export type Pacing = {
  /**
   * Takes room for writes, waiting for it first. Callers are served in order.
   * @param cost 1 for what creates content, a part of it for other writes
   * @throws HttpFailure `budget` if room comes later than a job may wait
   */
  readonly take: (cost: number) => Promise<void>;
};

/** No pacing: every write goes at once. */
export const unpaced: Pacing = { take: async () => undefined };

/** A write that took room, at milliseconds since the epoch. */
export type PacedWrite = { readonly at: number; readonly cost: number };

/** What was written lately by all who share the limits. */
export type PacedWrites = {
  readonly read: () => readonly PacedWrite[];
  readonly add: (write: PacedWrite) => void;
};

/**
 * GitHub lets an account create content 80 times a minute and 500 times an hour ("Rate limits for the REST API",
 * secondary limits). What else the account creates needs some of that.
 */
const LIMITS = [
  { windowMs: 60_000, most: 70 },
  { windowMs: 3_600_000, most: 450 },
] as const;
/** A job that waits longer would be cancelled: the next run continues. */
const LONGEST_WAIT_MS = 180_000;

/** Keeps any minute and any hour below what GitHub allows: as much as that goes at once. */
export function createPacing(options: { log?: PacedWrites; time?: Time } = {}): Pacing {
  const { log = createLog(), time = systemTime } = options;
  let queue: Promise<void> = Promise.resolve();

  const serve = async (cost: number) => {
    for (let wait = findWait(log, cost, time.now()); wait > 0; wait = findWait(log, cost, time.now())) {
      if (wait > LONGEST_WAIT_MS) throw outOfRoom();
      await time.sleep(wait);
    }
    log.add({ at: time.now(), cost });
  };
  return {
    take: (cost) => {
      if (cost <= 0) return Promise.resolve();
      const served = queue.then(() => serve(cost));
      queue = served.catch(() => undefined);
      return served;
    },
  };
}

function createLog(): PacedWrites {
  const writes: PacedWrite[] = [];
  return { read: () => writes, add: (write) => void writes.push(write) };
}

/** Milliseconds until there is room for a cost; what is larger than a limit waits until nothing else is in its window. */
function findWait(log: PacedWrites, cost: number, now: number): number {
  const writes = log
    .read()
    .filter(({ at }) => at <= now)
    .toSorted((a, b) => a.at - b.at);
  const waits = LIMITS.map(({ windowMs, most }) => {
    const recent = writes.filter(({ at }) => at > now - windowMs);
    let used = recent.reduce((sum, write) => sum + write.cost, 0);
    let wait = 0;
    for (const write of recent) {
      if (used + Math.min(cost, most) <= most) break;
      used -= write.cost;
      wait = write.at + windowMs - now;
    }
    return wait;
  });
  return Math.max(...waits);
}

const outOfRoom = (): HttpFailure =>
  new HttpFailure({
    kind: "budget",
    provider: "GitHub",
    asked: "a write",
    happened: "was not asked: this job has written as much as GitHub allows an account in an hour",
  });
