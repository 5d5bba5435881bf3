import type { ProofAccount, RepairResult } from "@patchpilot/incident";
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
  const { task, refusedAddresses: refused, changesTests, proof, ...known } = facts;
  const cleanPath = (path: string): string => journal.line(path, 300);
  return {
    v: 1,
    step,
    ...known,
    ...story,
    ...sumUse(story.calls),
    result: ending.result,
    reason: journal.line(ending.reason),
    key: task?.key,
    issue: task?.issue,
    attempt: task?.attempt,
    refusedAddresses: refused?.length === 0 ? undefined : refused?.map(cleanPath),
    patch: patch && {
      sha256: sha256Of(patch.bytes),
      bytes: patch.bytes.length,
      files: patch.paths.slice(0, 500).map(cleanPath),
    },
    proof: proof && cleanProof(proof, journal),
    changesTests: changesTests.map(cleanPath),
    seconds: Math.round(milliseconds / 100) / 10,
  };
}

/** Names of tests and types are words of code that nobody trusts. */
function cleanProof({ level, reason, tests, parts, flaky }: ProofAccount, { line }: Journal): ProofAccount {
  return {
    level,
    reason: line(reason),
    tests: tests.map(({ name, red, types }) => ({
      name: line(name, 200),
      red,
      types: types.map((type) => line(type, 100)),
    })),
    parts: parts.slice(0, 50).map(({ place, need }) => ({ place: line(place, 300), need })),
    flaky: flaky.map((name) => line(name, 200)),
  };
}
