import type { Config } from "./decide/config.ts";

const BASE: Omit<Config, "name"> = {
  issues: 1,
  runs: 2,
  attempts: 2,
  workers: 2,
  starts: 1,
  ticks: 2,
  faults: 1,
  deeds: 0,
  may: [],
  work: ["patch", "nothing"],
  maxAttempts: 2,
  maxCiRepairs: 1,
};

export const CONFIGS: readonly Config[] = [
  { ...BASE, name: "tiny" },
  { ...BASE, name: "small", starts: 2, ticks: 3 },
];
