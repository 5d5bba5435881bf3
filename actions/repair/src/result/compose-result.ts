import type { RepairResult } from "@patchpilot/incident";
import { omitUndefined } from "@patchpilot/optional";
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
  const { facts } = journal;
  const { task, refusedAddresses: refused } = facts;
  const cleanPath = (path: string): string => journal.line(path, 300);
  return {
    v: 1,
    step,
    result: ending.result,
    reason: journal.line(ending.reason),
    baseSha: facts.baseSha,
    ...omitUndefined({
      key: task?.key,
      issue: task?.issue,
      attempt: task?.attempt,
      agent: facts.agent,
      recipe: facts.recipe,
      sandbox: facts.sandbox,
      noWall: facts.noWall,
      refusedAddresses: refused?.length === 0 ? undefined : refused?.map(cleanPath),
      needsDocker: facts.needsDocker,
      patch: patch && {
        sha256: sha256Of(patch.bytes),
        bytes: patch.bytes.length,
        files: patch.paths.slice(0, 500).map(cleanPath),
      },
      plan: journal.plan,
      failure: journal.failure,
      verified: facts.verified,
    }),
    summary: journal.summary,
    checks: journal.checks,
    calls: journal.calls,
    ...sumUse(journal.calls),
    changesTests: facts.changesTests.map(cleanPath),
    notes: journal.notes,
    seconds: Math.round(milliseconds / 100) / 10,
  };
}
