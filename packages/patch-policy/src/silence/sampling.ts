import type { PatchText, Version } from "../text/patched-file.ts";
import { isAboutSentry } from "./sentry-settings.ts";
import { type SilenceSighting, sightAll } from "./sighting.ts";

/** Shares of errors, traces and sessions that SDKs send, from 0 to 1. */
const RATE =
  /(?<![A-Za-z])(?:options\.|config\.|SENTRY_)?(?:set)?((?:traces|errors?|profiles|profile_?session|replays_?session|replays_?on_?error)?[_-]?sample[_-]?rate)["'\]]*(?:\s*(?:=>|:=|[:=])\s*|\(\s*|[ \t]+|[ \t]*\n[ \t]*["']?value["']?:[ \t]*)["']?(\d*\.?\d+)/gi;

type Rate = {
  readonly name: string;
  readonly value: number;
  readonly line: number;
  readonly span: [number, number];
};

function findRates(version: Version | undefined): Rate[] {
  if (version === undefined || !isAboutSentry(version)) return [];
  return [...version.bare.matchAll(RATE)].map((match) => ({
    name: (match[1] ?? "").toLowerCase().replace(/[_-]/g, ""),
    value: Number(match[2]),
    line: version.lineOf(match.index),
    span: [match.index, match.index + match[0].length],
  }));
}

/** Rates that fall; at nothing, Sentry is silent. Pure. */
export function judgeSampling({ files }: PatchText): SilenceSighting[] {
  return files.flatMap(({ path, before, after }) => {
    const earlier = findRates(before);
    return findRates(after).flatMap(({ name, value, line, span }): SilenceSighting[] => {
      const was = earlier.filter((rate) => rate.name === name).map((rate) => rate.value);
      if (was.includes(value) || value >= Math.min(1, ...was)) return [];
      const place = { path, from: line, spans: [span] };
      if (value === 0) return sightAll([place], "silences-sentry", "sets Sentry's sample rate to 0");
      const from = was.length > 0 ? ` from ${Math.min(...was)}` : "";
      return sightAll([place], "lowers-sampling", `lowers a sample rate${from} to ${value}`);
    });
  });
}
