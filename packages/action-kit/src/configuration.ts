import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Environment } from "./contract.ts";
import type { Configuration } from "./read-inputs.ts";

/** Where users keep inputs that repeat themselves across a chain. */
export const CONFIGURATION_PATH = ".github/patchpilot.yml";

/** Fetches the text of a file on the default branch; undefined where there is none, or it may not be read. */
export type ReadFile = (path: string) => Promise<string | undefined>;

/** Which file, and the job that asks for it. `repository` is the one that holds the file. */
type Asked = Pick<Environment, "temporaryFolder" | "repository" | "runId" | "runAttempt">;

/**
 * The text of the configuration file, asked for once a job: the first action leaves it in the job's temporary
 * folder, so that a chain of five actions asks GitHub once. Empty where there is no file.
 */
export async function configurationText(asked: Asked, readFile: ReadFile): Promise<string> {
  const { temporaryFolder, repository, runId, runAttempt } = asked;
  const cache = join(
    temporaryFolder,
    `patchpilot-${repository.replace("/", "-")}-${runId}-${runAttempt}.yml`,
  );
  if (temporaryFolder !== "" && existsSync(cache)) return readFileSync(cache, "utf8");
  const text = (await readFile(CONFIGURATION_PATH)) ?? "";
  if (temporaryFolder !== "" && existsSync(temporaryFolder)) writeFileSync(cache, text);
  return text;
}

/**
 * Values by input, of the file's text.
 * @throws Error with a sentence where the text is no YAML, or no list of names.
 */
export async function parseConfiguration(text: string): Promise<Configuration> {
  if (text.trim() === "") return {};
  const value = await parseYaml(text);
  if (value === null) return {};
  if (typeof value !== "object" || Array.isArray(value))
    throw new Error(
      `${CONFIGURATION_PATH} must be a list of \`name: value\` lines under the names of inputs.`,
    );
  return value as Configuration;
}

async function parseYaml(text: string): Promise<unknown> {
  const { parse } = await import("yaml");
  try {
    return parse(text, { maxAliasCount: 0, logLevel: "error" });
  } catch (cause) {
    const [why] = (cause as Error).message.split("\n");
    throw new Error(`${CONFIGURATION_PATH} cannot be read as YAML: ${why?.replace(/:$/, "")}.`, { cause });
  }
}
