import { cleanText } from "@patchpilot/evidence";
import type { CheckWords, CommitCheck } from "@patchpilot/github";
import type { RedCheck } from "@patchpilot/incident";
import { omitUndefined } from "@patchpilot/optional";
import type { Taught } from "../decide/work-order.ts";
import type { DispatchFacts } from "../facts.ts";
import type { LessonReader } from "./lesson-reader.ts";
import { cleanEnd } from "./lesson-text.ts";

/** How many checks are described; with the first the others often fall. */
const MOST_CHECKS = 8;
/** Of how many jobs the log is read, and how much of each. */
const MOST_LOGS = 4;
const LOG_BYTES = 64 * 1024;
/** Most characters of all logs in a work order, and of what one check says of itself. */
const LOGS_LENGTH = 12_000;
const WORDS_LENGTH = 1500;
const MOST_ANNOTATIONS = 10;

/** What red checks say: texts of anyone who ran them, clean and short. Without their names there is nothing to do. */
export async function readCheckEvidence(
  { checks }: DispatchFacts,
  head: string,
  { aside, attempt }: Pick<LessonReader, "aside" | "attempt">,
  secrets: readonly string[],
): Promise<Pick<Taught, "checks" | "unread">> {
  const red = checks?.head === head ? checks.red.slice(0, MOST_CHECKS) : [];
  if (red.length === 0) return { unread: "its checks are no longer red, or cannot be read" };
  const words = await attempt("what it says of itself could not be read", () =>
    aside.readCheckWords(red.map(({ id }) => id)),
  );
  const jobs = red.filter(({ run }) => run !== undefined).slice(0, MOST_LOGS);
  const length = Math.floor(LOGS_LENGTH / Math.max(1, jobs.length));
  const logs = await Promise.all(
    jobs.map(({ job }) =>
      attempt("its log could not be read", async () => ({
        text: cleanEnd(cutLog(await aside.readEndOfLog(job, LOG_BYTES)), length, secrets),
      })),
    ),
  );
  return { checks: red.map((check) => describeCheck(check, words, logs[jobs.indexOf(check)], secrets)) };
}

function describeCheck(
  check: CommitCheck,
  words: ReadonlyMap<string, CheckWords> | string,
  log: { readonly text: string } | string | undefined,
  secrets: readonly string[],
): RedCheck {
  const said = typeof words === "string" ? "" : writeWords(words.get(check.id));
  const missing = [words, log].filter((each) => typeof each === "string");
  return omitUndefined({
    name: cleanText(check.name, { maxLength: 100, secrets, singleLine: true }).text,
    conclusion: (check.conclusion ?? "").toLowerCase(),
    required: check.isRequired || undefined,
    words: said === "" ? undefined : cleanText(said, { maxLength: WORDS_LENGTH, secrets }).text,
    log: typeof log === "object" ? log.text : undefined,
    missing: missing.length > 0 ? missing : undefined,
  });
}

function writeWords(words: CheckWords | undefined): string {
  if (words === undefined) return "";
  const { title, summary, annotations } = words;
  const places = annotations
    .slice(0, MOST_ANNOTATIONS)
    .map(({ path, line, message }) => `${path}${line === null ? "" : `, line ${line}`}: ${message}`);
  return [title, ...places, summary].filter((part) => part !== "").join("\n");
}

const STAMP = /^\uFEFF?\d{4}-\d\d-\d\dT[\d:.]+Z ?/gm;

/** What follows the last error of a job is cleaning up, and each line begins with the time. */
function cutLog(log: string): string {
  const end = log.indexOf("\n", log.lastIndexOf("##[error]"));
  const isCut = log.includes("##[error]") && end >= 0;
  return (isCut ? log.slice(0, end) : log).replace(STAMP, "");
}
