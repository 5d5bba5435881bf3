import type { Config } from "./decide/config.ts";
import { type Control, MODEL_CONTROLS } from "./promises/controls.ts";

const PLAIN: Omit<Config, "name"> = {
  ...{ issues: 1, runs: 3, attempts: 2, workers: 2, starts: 1, ticks: 2, faults: 1, deeds: 0 },
  ...{ may: [], work: ["patch", "nothing"], maxAttempts: 2, maxCiRepairs: 1 },
};

const QUIET = {
  ...PLAIN,
  runs: 2,
  ticks: 0,
  deeds: 2,
  begins: "first-ended",
  work: ["patch"],
} as const;

/** One attempt, whatever becomes of it. */
const ONE = { ...PLAIN, attempts: 1, maxAttempts: 1 } as const;

/** What `npm run model -- --config` takes. */
export const CONFIGS: readonly Config[] = [
  { ...PLAIN, name: "tiny", runs: 1, workers: 1, ticks: 1 },
  { ...PLAIN, name: "reruns", runs: 2, attempts: 1, workers: 1, starts: 2, ticks: 1, faults: 0 },
  {
    ...PLAIN,
    name: "money",
    issues: 2,
    runs: 2,
    attempts: 1,
    ticks: 0,
    work: ["nothing"],
    caps: { perAttempt: 5, perMonth: 5 },
  },
  { ...QUIET, name: "reviews", may: ["review", "commit", "merge", "close-pull"] },
  { ...QUIET, name: "checks", may: ["red", "red-twice", "commit", "merge"] },
  { ...QUIET, name: "answers", may: ["answer", "retry", "hold"], work: ["asked", "patch"] },
  {
    ...QUIET,
    name: "abandoned",
    runs: 3,
    ticks: 1,
    faults: 0,
    crashes: false,
    may: ["review", "merge"],
  },
  { ...ONE, name: "late", begins: "first-sent", runs: 2, ticks: 3, workers: 1 },
  { ...ONE, name: "repeated", begins: "first-sent", ticks: 2, faults: 0, work: ["nothing"] },
  { ...ONE, name: "three", workers: 1, ticks: 1, faults: 0 },
  {
    ...QUIET,
    name: "plans",
    ticks: 1,
    may: ["go-ahead", "stranger-go-ahead"],
    work: ["plan", "patch"],
    approval: "label",
  },
  {
    ...QUIET,
    name: "people",
    may: ["hold", "unhold", "close-issue", "reopen", "retry"],
    work: ["patch", "asked", "interrupted"],
  },
  { ...PLAIN, name: "core", starts: 2, ticks: 3 },
];

/** Those whose whole space is searched within seconds. */
export const SMALL: readonly string[] = ["tiny", "money", "reviews", "checks", "plans", "people", "answers"];

/** The world of a control, with and without its safeguard. */
export function configOfControl(name: Control, isBroken = true): Config {
  const config: Config = {
    ...PLAIN,
    ...MODEL_CONTROLS[name].in,
    name: isBroken ? `without ${name}` : `with ${name}`,
  };
  return isBroken ? { ...config, without: name } : config;
}
