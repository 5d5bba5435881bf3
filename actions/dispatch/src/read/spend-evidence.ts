import { attemptKey, repairResult, type SpendEvidence } from "@patchpilot/incident";
import { MINUTE } from "@patchpilot/time";
import * as z from "zod";
import type { EndedSpend } from "../decide/ended-spend.ts";
import type { LeftWorkReader } from "./left-work.ts";

const { shape } = repairResult;
/** Each part by itself, as anybody's code may have written it. */
const resultSchema = z.object({
  key: shape.key.catch(undefined),
  usage: shape.usage.catch(undefined),
  costUsd: z.number().nonnegative().nullish().catch(undefined),
  seconds: z.number().nonnegative().catch(0),
  sandbox: shape.sandbox.catch(undefined),
  calls: z.array(z.unknown()).optional().catch(undefined),
});

/**
 * Reads what is known of the spending of an attempt that has ended.
 * @returns undefined if GitHub does not give it out now
 */
export async function readSpendEvidence(
  { run, issue, attempt, times, isLast }: EndedSpend,
  repositoryId: number,
  reader: LeftWorkReader,
): Promise<SpendEvidence | undefined> {
  if (run === undefined) return { passed: false, reruns: 0 };
  const left = await readLeft(run, attemptKey(repositoryId, issue, attempt), reader);
  if (left === "unread" && !isLast) return undefined;
  return {
    passed: true,
    reruns: Math.max(0, (times?.attempt ?? 1) - 1),
    ...(left === "unread" || left === undefined ? {} : { left }),
    ...(times === undefined ? {} : { span: Math.max(0, times.to - times.from) / MINUTE }),
  };
}

async function readLeft(
  run: string,
  key: string,
  reader: LeftWorkReader,
): Promise<SpendEvidence["left"] | "unread"> {
  try {
    const found = await reader.read(run);
    return typeof found === "string" ? undefined : parseLeft(found.work.get("result.json"), key);
  } catch {
    return "unread";
  }
}

/** What `result.json` says; undefined if it says nothing of this attempt. Pure. */
function parseLeft(bytes: Uint8Array | undefined, key: string): SpendEvidence["left"] {
  try {
    const result = resultSchema.parse(JSON.parse(new TextDecoder().decode(bytes)));
    const { usage, calls, ...said } = result;
    if (said.key !== undefined && said.key !== key) return undefined;
    // Without a call of the agent nobody asked the model.
    return { ...said, usage: usage ?? (calls?.length === 0 ? [] : undefined) };
  } catch {
    return undefined;
  }
}
