import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { YAMLError } from "yaml";
import type { Environment } from "./contract.ts";
import type { Configuration } from "./read-inputs.ts";
import type { SettingFault } from "./settings/keys.ts";

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

/** What the file's text holds, by name, and what keeps it from being read as names with values. */
export async function parseConfiguration(
  text: string,
): Promise<{ readonly configuration: Configuration; readonly faults: readonly SettingFault[] }> {
  if (text.trim() === "") return { configuration: {}, faults: [] };
  const { parseDocument, visit } = await import("yaml");
  const document = parseDocument(text, { logLevel: "error" });
  const [wrong] = [...document.errors, ...document.warnings];
  if (wrong !== undefined) return unreadable(`cannot be read as YAML: ${explain(wrong)}.`);
  const aliases: string[] = [];
  visit(document, { Alias: (_, { source }) => void aliases.push(source) });
  if (aliases.length > 0)
    return unreadable(`refers to another place by \`*${aliases[0]}\`; write the value itself.`);
  const value: unknown = document.toJS();
  if (value === null) return { configuration: {}, faults: [] };
  if (typeof value !== "object" || Array.isArray(value))
    return unreadable("must be a list of `name: value` lines under the names of inputs.");
  return { configuration: value as Configuration, faults: [] };
}

const unreadable = (rest: string) => ({
  configuration: {},
  faults: [{ name: CONFIGURATION_PATH, sentence: `${CONFIGURATION_PATH} ${rest}` }],
});

function explain({ code, message, linePos }: YAMLError): string {
  if (code === "DUPLICATE_KEY") return `it has one name twice, the second time in line ${linePos?.[0].line}`;
  if (code === "MULTIPLE_DOCS") return "it has more than one document; write one, without `---`";
  return message.split("\n")[0]?.replace(/:$/, "") ?? message;
}
