import { timeLogarithms } from "@patchpilot/bench/logarithms";
import { COST_LIMITS, keepsLimits, type TextCost } from "@patchpilot/bench/redaction/measure-cost";
import { measureWorst } from "@patchpilot/bench/redaction/worst-inputs";
import type { Tally } from "../figure.ts";
import { NOTHING } from "../tally.ts";
import { type TextEntry, WORST_ENTRIES } from "./entries.ts";

/** What 250 ms are on the core for which that goal was set. A slower one may take as long for the same work. */
const MOST_MILLION_LOGARITHMS = 25;

/** Compares every character with those behind it: what the measurement has to notice. */
function quadratic(text: string): number {
  let found = 0;
  for (let at = 0; at < text.length; at += 64)
    for (let other = at; other < text.length; other += 8)
      if (text.charCodeAt(at) === text.charCodeAt(other)) found += 1;
  return found;
}

/** Times entries on texts of hostile shapes. @param shapes how many; absent: all */
export const playWorst = (entries: readonly string[], seed: number, shapes?: number): Tally[] => [
  playControl(seed),
  ...entries.map((name) => playEntry(name, seed, shapes)),
];

function playControl(seed: number): Tally {
  const noticed = measureWorst(quadratic, seed, 1).every((each) => each.growth > COST_LIMITS.growth);
  return { ...NOTHING, counts: { controls: 1, "control noticed": Number(noticed) } };
}

function playEntry(name: string, seed: number, shapes?: number): Tally {
  const logarithms = timeLogarithms();
  const limits: TextCost = {
    ...COST_LIMITS,
    milliseconds: Math.max(COST_LIMITS.milliseconds, MOST_MILLION_LOGARITHMS * logarithms),
  };
  const measured = measureWorst(WORST_ENTRIES[name] as TextEntry, seed, shapes, limits);
  const missed = measured.filter((each) => !keepsLimits(each, limits));
  const most = Math.max(...measured.map(({ milliseconds }) => milliseconds));
  return {
    sample: measured.length,
    counts: { missed: missed.length },
    worst: {
      milliseconds: Math.round(most),
      "million logarithms": Number((most / logarithms).toFixed(1)),
      growth: Number(Math.max(...measured.map(({ growth }) => growth)).toFixed(2)),
    },
    faults: missed.map(
      ({ shape, milliseconds, growth }) =>
        `${name}, ${shape}: ${milliseconds.toFixed(0)} ms, ${growth.toFixed(1)} times those of half`,
    ),
  };
}
