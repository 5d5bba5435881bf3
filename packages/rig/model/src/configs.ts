import type { Config } from "./decide/config.ts";
import { CONTROLS, type Control } from "./promises/controls.ts";

const PLAIN: Omit<Config, "name"> = {
  ...{ issues: 1, runs: 3, attempts: 2, workers: 2, starts: 1, ticks: 2, faults: 1, deeds: 0 },
  ...{ may: [], work: ["patch", "nothing"], maxAttempts: 2, maxCiRepairs: 1 },
};

/** What `npm run model -- --config` takes. The small ones end within seconds and are unit tests. */
export const CONFIGS: readonly Config[] = [
  { ...PLAIN, name: "tiny", runs: 1, workers: 1, ticks: 1, faults: 1 },
  { ...PLAIN, name: "reruns", runs: 2, starts: 2, ticks: 1, faults: 0, workers: 1 },
  { ...PLAIN, name: "money", issues: 2, runs: 2, ticks: 0, faults: 0, work: ["nothing"], caps: { perAttempt: 5, perMonth: 5 } },
  { ...PLAIN, name: "reviews", runs: 2, ticks: 0, faults: 0, deeds: 2, may: ["review", "commit", "merge", "close-pull"], work: ["patch"] },
  { ...PLAIN, name: "checks", runs: 2, ticks: 0, faults: 0, deeds: 2, may: ["red", "commit", "merge"], work: ["patch"] },
  { ...PLAIN, name: "plans", runs: 2, ticks: 1, faults: 0, deeds: 1, may: ["go-ahead", "stranger-go-ahead"], work: ["plan", "patch"], approval: "label" },
  { ...PLAIN, name: "people", runs: 2, ticks: 0, faults: 0, deeds: 2, may: ["hold", "unhold", "close-issue", "reopen", "retry"], work: ["patch", "asked", "interrupted"] },
  { ...PLAIN, name: "core", starts: 2, ticks: 3, faults: 1 },
];

/** The world of a control, with and without its safeguard. */
export function configOfControl(name: Control, isBroken = true): Config {
  const config: Config = { ...PLAIN, ...CONTROLS[name].in, name: `without ${name}` };
  return isBroken ? { ...config, without: name } : config;
}
