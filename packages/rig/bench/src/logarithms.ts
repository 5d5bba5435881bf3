import { timeThread } from "./thread-time.ts";

/** What this machine takes for a fixed piece of arithmetic says how quick it is just now. */
const LOGARITHMS = 2_000_000;
export const ROUNDS = 5;

/** CPU milliseconds that this thread works, waiting left out; the best of five. */
export const timeBest = (work: () => unknown): number =>
  Math.min(...Array.from({ length: ROUNDS }, () => timeThread(work)));

/** CPU milliseconds of a million logarithms, the best of five. */
export const timeLogarithms = (): number => timeBest(takeLogarithms) / (LOGARITHMS / 1e6);

/** @returns their sum, or nothing would have to be computed */
function takeLogarithms(): number {
  let sum = 0;
  for (let at = 1; at <= LOGARITHMS; at += 1) sum += Math.log(at);
  return sum;
}
