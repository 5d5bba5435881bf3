import { expect, test } from "vitest";
import { SINGLE_TEXTS } from "./hostile-texts.ts";
import { playHostile } from "./play-hostile.ts";

/** A stride through the single texts: the whole is `npm run assure`. */
const EVERY = 12;

test("no text makes anything of what is written, and as it came most would", () => {
  const starts = Array.from({ length: Math.floor(SINGLE_TEXTS / EVERY) }, (_, at) => at * EVERY);
  const tallies = starts.map((from) => playHostile(from, 1));
  expect(tallies.flatMap(({ faults }) => faults)).toEqual([]);
  const noticed = tallies.filter(({ counts }) => counts["control noticed"] === 1);
  expect(noticed.length).toBeGreaterThan(starts.length / 2);
});
