import { createHash } from "node:crypto";
import { cleanText } from "@patchpilot/evidence";
import { repairResult } from "@patchpilot/incident";
import * as z from "zod";

/** Most characters of a diff, and of the end of a failing output, in a work order. */
const DIFF_LENGTH = 6000;
const FAILURE_LENGTH = 3000;
const QUESTION_LENGTH = 1000;

/** What the files of a worker's artifact teach: clean texts, and sentences on what is missing. */
export type WorkLesson = {
  readonly patchSha256?: string;
  readonly diff?: string;
  readonly failure?: string;
  readonly question?: string;
  readonly missing: readonly string[];
};

/**
 * Reads the two files that a worker leaves. Both are an agent's: whatever they hold becomes a bounded, clean text. Pure.
 * @param secrets values of the job's secrets, which no text may show
 */
export function readWork(files: ReadonlyMap<string, Uint8Array>, secrets: readonly string[]): WorkLesson {
  const patch = files.get("change.patch");
  const result = files.get("result.json");
  const json = result === undefined ? "" : decode(result);
  const failure = findFailure(json);
  const question = parseResult(json)?.question;
  const missing = [
    ...(patch === undefined ? ["it left no patch"] : []),
    ...(result === undefined ? ["it left no result"] : []),
  ];
  return {
    missing,
    ...(patch === undefined ? {} : ofPatch(patch, secrets)),
    ...(question ? { question: cleanText(question, { maxLength: QUESTION_LENGTH, secrets }).text } : {}),
    ...(failure ? { failure: cleanEnd(failure, FAILURE_LENGTH, secrets) } : {}),
  };
}

function ofPatch(patch: Uint8Array, secrets: readonly string[]): Pick<WorkLesson, "patchSha256" | "diff"> {
  const diff = cleanText(decode(patch), { maxLength: DIFF_LENGTH, secrets }).text;
  return {
    patchSha256: createHash("sha256").update(patch).digest("hex"),
    ...(diff === "" ? {} : { diff }),
  };
}

/** The parts of `result.json` that tell of a failure; each by itself, as an agent may have written it. */
const { result, reason, failure, question } = repairResult.shape;
const resultSchema = z.object({
  result: result.optional().catch(undefined),
  reason: reason.optional().catch(undefined),
  failure: failure.catch(undefined),
  question: question.catch(undefined),
});

function findFailure(json: string): string | undefined {
  const { result, failure, reason } = parseResult(json) ?? { result: "patch" };
  // A step that came to a patch or a plan may have gone red on its way there, which is over.
  if (result === "patch" || result === "plan") return undefined;
  const ran = failure === undefined ? [] : [`$ ${failure.command}`, failure.output];
  return [...(reason ? [reason] : []), ...ran].join("\n");
}

function parseResult(json: string): z.output<typeof resultSchema> | undefined {
  try {
    return resultSchema.parse(JSON.parse(json));
  } catch {
    return undefined;
  }
}

/** The end of a text, clean: of a failing output the last lines tell most. */
export function cleanEnd(text: string, length: number, secrets: readonly string[]): string {
  // The cut lies far before what is shown, so that a secret which it halves is not shown either.
  const end = text.slice(-4 * length).toWellFormed();
  const { text: clean } = cleanText(end, { maxLength: 8 * length, secrets });
  if (clean.length <= length) return clean;
  const kept = clean.slice(-length).toWellFormed();
  return `[…]\n${kept.slice(kept.indexOf("\n") + 1)}`;
}

const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
