import { timeLogarithms } from "@patchpilot/bench/logarithms";
import { measureWorst, type Worst } from "@patchpilot/bench/redaction/worst-inputs";
import type { Tally } from "../figure.ts";
import { type TextEntry, WORST_ENTRIES } from "./entries.ts";

/** A moment's noise is no growth where an input takes little. */
const TOO_QUICK_MS = 20;

/** Compares every character with those behind it: what the measurement has to notice. */
function quadratic(text: string): number {
  let found = 0;
  for (let at = 0; at < text.length; at += 32)
    for (let other = at; other < text.length; other += 4)
      if (text.charCodeAt(at) === text.charCodeAt(other)) found += 1;
  return found;
}

/** Times entries on 65,536 characters of hostile shapes, and on half of them. @param shapes how many; absent: all */
export function playWorst(entries: readonly string[], seed: number, shapes?: number): Tally {
  const logarithms = timeLogarithms();
  const slowest: Worst[] = [];
  const faults: string[] = [];
  let sample = 0;
  for (const name of entries) {
    const measured = measureWorst(WORST_ENTRIES[name] as TextEntry, seed, shapes);
    sample += measured.length;
    slowest.push(...measured);
    const bad = measured.filter((each) => each.milliseconds > 250 || tellingGrowth(each) > 2.5);
    for (const { shape, milliseconds, growth } of bad)
      faults.push(
        `${name}, ${shape}: ${milliseconds.toFixed(0)} ms, ${growth.toFixed(1)} times those of half`,
      );
  }
  const control = measureWorst(quadratic, seed, 1);
  const most = Math.max(...slowest.map(({ milliseconds }) => milliseconds));
  return {
    sample,
    counts: { "control noticed": control.some(({ growth }) => growth > 2.5) ? 1 : 0, controls: 1 },
    worst: {
      milliseconds: Math.round(most),
      "million logarithms": Number((most / logarithms).toFixed(1)),
      growth: Number(Math.max(...slowest.map(tellingGrowth)).toFixed(2)),
    },
    faults: faults.slice(0, 8),
  };
}

const tellingGrowth = ({ growth, milliseconds }: Worst): number => (milliseconds > TOO_QUICK_MS ? growth : 0);
