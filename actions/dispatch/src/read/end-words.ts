import { cleanText } from "@patchpilot/evidence";
import { attemptKey, JOB_ENDING_FILE, repairResult } from "@patchpilot/incident";
import { omitUndefined } from "@patchpilot/optional";
import * as z from "zod";
import { highestClaim } from "../decide/claims.ts";
import { settleAttempt } from "../decide/settle.ts";
import type { DispatchFacts, DispatchSettings, EndWords, NoEndWords } from "../facts.ts";
import { cleanEnd } from "../lessons/lesson-text.ts";
import type { Files, LeftWork, LeftWorkReader } from "./left-work.ts";

/** Most characters of each text. A report is what its attempt was for, so more of it is kept. */
const MOST = { reason: 1_000, summary: 2_000, report: 20_000, question: 1_000, command: 300, output: 2_000 };

/**
 * Reads what the attempts left whose end this run sees: without a pull request it is all that says why. Nothing
 * is asked where none has ended.
 */
export async function readEndWords(
  all: readonly DispatchFacts[],
  settings: DispatchSettings,
  left: LeftWorkReader,
  secrets: readonly string[],
): Promise<DispatchFacts[]> {
  return Promise.all(
    all.map(async (facts) => {
      const run = findEndedRun(facts, settings);
      return run === undefined ? facts : { ...facts, endWords: await readOne(facts, run, left, secrets) };
    }),
  );
}

/** The run of an attempt that ends without a pull request, as long as no record says so. */
function findEndedRun(facts: DispatchFacts, settings: DispatchSettings): string | undefined {
  const settlement = settleAttempt(facts, settings);
  if (settlement.kind !== "close" && settlement.kind !== "settled") return undefined;
  if (settlement.outcome !== "failed" && settlement.outcome !== "no-change") return undefined;
  const record = facts.incident.records.attempts.get(highestClaim(facts)?.attempt ?? 0)?.data;
  if (record?.outcome !== undefined) return undefined;
  return (facts.gate.state === "present" ? facts.gate.fact.run : undefined) ?? facts.runs[0]?.id;
}

async function readOne(
  facts: DispatchFacts,
  run: string,
  left: LeftWorkReader,
  secrets: readonly string[],
): Promise<EndWords | NoEndWords> {
  try {
    const found = await left.read(run);
    if (typeof found === "string") return { unknown: found, unread: false };
    const key = attemptKey(facts.repositoryId, facts.incident.number, highestClaim(facts)?.attempt ?? 0);
    return findEndWords(found, key, secrets);
  } catch (error) {
    const { text } = cleanText(error instanceof Error ? error.message : String(error), {
      maxLength: 200,
      secrets,
      singleLine: true,
    });
    return { unknown: `what it left could not be read from GitHub: ${text}`, unread: true };
  }
}

const { shape } = repairResult;
/** Each part by itself, as anybody's code may have written it. */
const resultSchema = z.object({
  key: shape.key.catch(undefined),
  result: shape.result.optional().catch(undefined),
  reason: z.string().catch(""),
  summary: z.string().catch(""),
  question: shape.question.catch(undefined),
  ending: shape.ending,
  cause: shape.cause,
  failure: shape.failure.catch(undefined),
});
type Result = z.output<typeof resultSchema>;

/**
 * The words of the job `work`. Why it ended is said by the job that ended it: by `gate` if `work` did not begin, by
 * `verify` or `publish` if there was a patch or a plan. Pure.
 */
export function findEndWords(
  { gate, work, verification, publication }: LeftWork,
  key: string,
  secrets: readonly string[],
): EndWords | NoEndWords {
  const made = parse(work.get("result.json")) ?? parse(gate.get(JOB_ENDING_FILE));
  if (made === undefined) return { unknown: "its run left no result", unread: false };
  if (made.key !== undefined && made.key !== key)
    return { unknown: "what its run left is another attempt's", unread: false };
  return cleanTexts(made, findEnd(made, verification, parse(publication.get(JOB_ENDING_FILE)), key), secrets);
}

/** @param published why nothing was published, where the job `publish` says so */
function findEnd(made: Result, verification: Files, published: Result | undefined, key: string): Result {
  const said = published?.key === key ? published : undefined;
  if (made.result !== "patch") return made.result === "plan" ? (said ?? made) : made;
  const judged = parse(verification.get("result.json"));
  if (judged !== undefined && judged.result !== "patch") return judged;
  return said ?? { ...made, reason: NOT_PUBLISHED, failure: undefined };
}

const NOT_PUBLISHED =
  "There is a patch, and it was not published: the log of the job `verify` or `publish` says why.";

function cleanTexts(made: Result, ended: Result, secrets: readonly string[]): EndWords {
  const clean = (text: string, maxLength: number, singleLine = false) =>
    cleanText(text, { maxLength, secrets, singleLine }).text;
  const { failure } = ended;
  const ending = made.result === "no-change" ? made.ending : undefined;
  return omitUndefined({
    ending,
    cause: ended.cause,
    reason: clean(ended.reason, MOST.reason, true),
    summary: clean(made.summary, ending === "reported" ? MOST.report : MOST.summary).trim(),
    question: made.question === undefined ? undefined : clean(made.question, MOST.question).trim(),
    failure: failure && {
      command: clean(failure.command, MOST.command, true),
      output: cleanEnd(failure.output, MOST.output, secrets),
    },
  });
}

function parse(bytes: Uint8Array | undefined): Result | undefined {
  try {
    return bytes && resultSchema.parse(JSON.parse(new TextDecoder().decode(bytes)));
  } catch {
    return undefined;
  }
}
