/**
 * Loaded into the shop's process before its own code: what the shop waits for takes no time of this machine, and what
 * its SDK measures is what it waited. So a story is the same on a fast machine and on a busy one, and days go by in
 * seconds. What the shop computes takes no time on this clock.
 */
import { syncBuiltinESMExports } from "node:module";

type Wait = { readonly until: number; readonly end: () => void };

const waits: Wait[] = [];
const origin = performance.now();
let now = origin;

/** Goes on to the end of the shortest wait, once everything else that could be done has been done. */
function passTime(): void {
  waits.sort((one, other) => one.until - other.until);
  const next = waits.shift();
  if (next === undefined) return;
  now = Math.max(now, next.until);
  next.end();
}

performance.now = () => now;
const timers = process.getBuiltinModule("node:timers/promises") as { setTimeout: unknown };
timers.setTimeout = <T>(milliseconds: number, value: T): Promise<T> =>
  new Promise((resolve) => {
    waits.push({ until: now + milliseconds, end: () => resolve(value) });
    setImmediate(passTime);
  });
syncBuiltinESMExports();
