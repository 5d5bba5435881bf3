import { expect, test } from "vitest";
import { HOSTILE_TEXTS, SINGLE_TEXTS } from "./hostile-texts.ts";
import { actsAsItComes, playHostile } from "./play-hostile.ts";

/** A stride through the single texts: the whole is `npm run assure`. */
const EVERY = 24;

test("no text makes anything of what is written", () => {
  const starts = Array.from({ length: Math.floor(SINGLE_TEXTS / EVERY) }, (_, at) => at * EVERY);
  expect(starts.flatMap((from) => playHostile(from, 1).faults)).toEqual([]);
});

test("most texts would make something of it as they come", () => {
  const texts = Object.values(HOSTILE_TEXTS).flat();
  expect(texts.filter(actsAsItComes).length).toBeGreaterThan(texts.length / 2);
});
