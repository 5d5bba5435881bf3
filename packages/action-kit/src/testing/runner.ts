import fs, { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { vi } from "vitest";

const STDOUT = 1;

/** A stand-in for the runner's side of one job: its files, its environment and its log. */
export type Runner = {
  readonly folder: string;
  /** What the process wrote to the log so far. */
  readonly log: () => string;
  readonly outputs: () => string;
  readonly summary: () => string;
  /** Forgets what a test left behind. */
  readonly clear: () => void;
  readonly remove: () => void;
};

/** Prepares the files that the runner names in the environment. One for each test file: core keeps their paths. */
export function startRunner(variables: Readonly<Record<string, string>> = {}): Runner {
  const folder = mkdtempSync(join(tmpdir(), "patchpilot-runner-"));
  const [output, summary, event] = ["output", "summary", "event.json"].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  let written = "";
  const clear = () => {
    written = "";
    writeFileSync(output, "");
    writeFileSync(summary, "");
    process.exitCode = 0;
  };
  vi.spyOn(process.stdout, "write").mockImplementation((chunk) => {
    written += String(chunk);
    return true;
  });
  // Not by mocking the module: files that run in one worker share what was loaded before them.
  const { writeSync } = fs;
  vi.spyOn(fs, "writeSync").mockImplementation(((file: number, text: string) => {
    if (file !== STDOUT) return writeSync(file, text);
    written += text;
    return text.length;
  }) as typeof writeSync);
  writeFileSync(event, "{}");
  const environment = {
    GITHUB_OUTPUT: output,
    GITHUB_STEP_SUMMARY: summary,
    GITHUB_EVENT_PATH: event,
    GITHUB_REPOSITORY: "acme/shop",
    RUNNER_TEMP: folder,
    RUNNER_DEBUG: "",
    ...variables,
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  clear();
  return {
    folder,
    log: () => written,
    outputs: () => readFileSync(output, "utf8"),
    summary: () => readFileSync(summary, "utf8"),
    clear,
    remove: () => {
      clear();
      vi.restoreAllMocks();
      vi.unstubAllEnvs();
      rmSync(folder, { recursive: true });
    },
  };
}
