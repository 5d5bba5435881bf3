import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";

export const LANGUAGES = ["javascript", "python", "go", "rust", "java", "php"] as const;

export const RUNNERS = [
  "vitest",
  "jest",
  "node",
  "pytest",
  "unittest",
  "go",
  "cargo",
  "junit5",
  "junit4",
  "phpunit",
] as const;
export type RunnerName = (typeof RUNNERS)[number];

const frame = z.strictObject({
  file: z.string(),
  /** Where an SDK sends it: Java's frames name a file without its folder. */
  module: z.string().optional(),
  function: z.string(),
  line: z.int(),
  inApp: z.boolean(),
});

/** `case.json`. */
const description = z.strictObject({
  language: z.enum(LANGUAGES),
  runner: z.enum(RUNNERS),
  /** `fix`: mends what production reported, with tests for it. `vacuous`: looks like it, and must not pass for it. */
  kind: z.enum(["fix", "vacuous"]),
  /** The level of a fair judge. */
  expect: z.enum(["proven", "reproduced", "at most tested"]),
  why: z.string(),
  /** The public fix that the project was written after. */
  source: z.string(),
  production: z.strictObject({
    /** As Sentry sends them: causes first, and in each the oldest call first. */
    exceptions: z.array(
      z.strictObject({ type: z.string(), value: z.string().nullable(), frames: z.array(frame) }),
    ),
  }),
});

export type Case = z.output<typeof description> & { readonly name: string; readonly folder: string };

const CASES = fileURLToPath(new URL("../cases", import.meta.url));

/**
 * Reads the cases whose name holds a text, by name.
 * @throws z.ZodError where a case is not described as the README says
 */
export async function readCases(only: string): Promise<Case[]> {
  const names = (await readdir(CASES)).filter((name) => name.includes(only)).sort();
  return Promise.all(names.map((name) => readCase(name)));
}

async function readCase(name: string): Promise<Case> {
  const folder = join(CASES, name);
  const text = await readFile(join(folder, "case.json"), "utf8");
  return { name, folder, ...description.parse(JSON.parse(text)) };
}
