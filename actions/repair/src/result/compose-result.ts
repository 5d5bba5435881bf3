import type { RepairResult } from "@patchpilot/incident";
import type { Patch } from "../patch/agent-changes.ts";
import type { Journal, RepairEnding } from "../step/journal.ts";
import { sha256Of } from "../step/task.ts";
import { sumUse } from "../work/budget.ts";

/** The result of a step, from what the journal holds. Pure. */
export function composeResult(
  step: RepairResult["step"],
  ending: RepairEnding,
  journal: Journal,
  patch: Patch | undefined,
  milliseconds: number,
): RepairResult {
  const { story, facts } = journal;
  const { task, refusedAddresses: refused, changesTests, ...known } = facts;
  const cleanPath = (path: string): string => journal.line(path, 300);
  return {
    v: 1,
    step,
    ...known,
    ...story,
    ...sumUse(story.calls),
    result: ending.result,
    reason: journal.line(ending.reason),
    ending: ending.ending,
    question: ending.question,
    cause: ending.cause,
    key: task?.key,
    issue: task?.issue,
    attempt: task?.attempt,
    refusedAddresses: refused?.length === 0 ? undefined : refused?.map(cleanPath),
    patch: patch && {
      sha256: sha256Of(patch.bytes),
      bytes: patch.bytes.length,
      files: patch.paths.slice(0, 500).map(cleanPath),
    },
    changesTests: changesTests.map(cleanPath),
    seconds: Math.round(milliseconds / 100) / 10,
  };
}
