import { randomUUID } from "node:crypto";
import { mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseKeyValues, parsePaths } from "../contract/file-commands.ts";

const FILES = {
  GITHUB_ENV: "set_env",
  GITHUB_OUTPUT: "set_output",
  GITHUB_PATH: "add_path",
  GITHUB_STATE: "save_state",
  GITHUB_STEP_SUMMARY: "step_summary",
} as const;

type FileVariable = keyof typeof FILES;

/** The files that a step writes its outputs, environment, path, state and summary to. */
export type CommandFiles = Readonly<Record<FileVariable, string>>;

/** What a step wrote. A file that could not be understood leaves its part empty and adds an error. */
export type FileCommandResult = {
  readonly outputs: Readonly<Record<string, string>>;
  readonly environment: Readonly<Record<string, string>>;
  readonly state: Readonly<Record<string, string>>;
  readonly paths: readonly string[];
  readonly summary: string;
  /** Errors that fail the step. */
  readonly errors: readonly string[];
  /** Errors that are only said. */
  readonly complaints: readonly string[];
};

/** A step's summary may hold 1 MiB; more is dropped with an error that does not fail the step. */
const SUMMARY_LIMIT_BYTES = 1_048_576;

/** Makes empty command files for one step in the job's temporary folder. */
export async function makeCommandFiles(temporary: string): Promise<CommandFiles> {
  const folder = join(temporary, "_runner_file_commands");
  await mkdir(folder, { recursive: true });
  const id = randomUUID();
  const files = Object.entries(FILES).map(
    ([variable, name]) => [variable, join(folder, `${name}_${id}`)] as const,
  );
  await Promise.all(files.map(([, path]) => writeFile(path, "")));
  return Object.fromEntries(files) as CommandFiles;
}

/** Reads what a step wrote to its command files. */
export async function readCommandFiles(files: CommandFiles): Promise<FileCommandResult> {
  const errors: string[] = [];
  const complaints: string[] = [];
  const values = async (variable: FileVariable): Promise<Record<string, string>> => {
    try {
      return parseKeyValues(await readIfThere(files[variable]));
    } catch (error) {
      errors.push(`Unable to process the file command ${variable}: ${(error as Error).message}`);
      return {};
    }
  };
  const environment = await values("GITHUB_ENV");
  if ("NODE_OPTIONS" in environment) {
    errors.push("NODE_OPTIONS cannot be set through GITHUB_ENV.");
    delete environment["NODE_OPTIONS"];
  }
  return {
    outputs: await values("GITHUB_OUTPUT"),
    environment,
    state: await values("GITHUB_STATE"),
    paths: parsePaths(await readIfThere(files.GITHUB_PATH)),
    summary: await readSummary(files.GITHUB_STEP_SUMMARY, complaints),
    errors,
    complaints,
  };
}

async function readSummary(path: string, complaints: string[]): Promise<string> {
  const size = (await stat(path).catch(() => undefined))?.size ?? 0;
  if (size <= SUMMARY_LIMIT_BYTES) return readIfThere(path);
  complaints.push(`The step summary was dropped: it has ${Math.ceil(size / 1024)} KiB, 1024 are allowed.`);
  return "";
}

async function readIfThere(path: string): Promise<string> {
  return readFile(path, "utf8").catch(() => "");
}
