import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseSource, type Source } from "../sources/parse-source.ts";

/** What reads the machine's clock or waits for it, by name. */
const CLOCKS: Readonly<Record<string, RegExp>> = {
  "performance.now": /\bperformance\s*\.\s*now\b/,
  "Date.now": /\bDate\s*\.\s*now\b/,
  "new Date()": /\bnew\s+Date\s*(?:\(\s*\)|(?![\w\s(]))/,
  hrtime: /\bhrtime\b/,
  cpuUsage: /\bcpuUsage\b/,
  timer: /\bset(?:Timeout|Interval)\s*\(|\bscheduler\s*\.\s*wait\b/,
  "imported timer":
    /\{[^{}]*\b(?:setTimeout|setInterval|scheduler)\b[^{}]*\}\s*(?:from|=\s*await\s+import\()\s*["'](?:node:)?timers/,
  "AbortSignal.timeout": /\bAbortSignal\s*\.\s*timeout\b/,
  polling: /\bvi\s*\.\s*wait(?:For|Until)\b|\bexpect\s*\.\s*poll\b/,
  "the product's real clock": /\b(?:systemTime|realClock|realDelay)\b/,
};

/** The names of the clocks that a file uses, also in the code that it hands to another process; comments are none. */
export function findClocks({ code }: Source): string[] {
  const text = code.join("\n");
  return Object.keys(CLOCKS).filter((name) => CLOCKS[name]?.test(text));
}

/** Files of `npm test` that are no product: tests, and what they share. Their growth is timed by another command. */
export function readTestFiles(repository: string): Source[] {
  const patterns = [
    "{packages,packages/rig,actions}/*/src/**/*.test.ts",
    "{packages,packages/rig,actions}/*/src/**/testing/**/*.ts",
    "{packages,packages/rig,actions}/*/test/**/*.ts",
    "packages/rig/conformance/{worlds,tests/unit,tests/clients,tests/bundles}/**/*.ts",
  ];
  return [...new Set(globSync(patterns, { cwd: repository }))]
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => !path.endsWith(".growth.test.ts"))
    .sort()
    .map((path) => parseSource({ path, text: readFileSync(join(repository, path), "utf8") }));
}
