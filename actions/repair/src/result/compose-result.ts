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
  const { facts } = journal;
  const { task } = facts;
  return {
    v: 1,
    step,
    result: ending.result,
    reason: journal.line(ending.reason),
    baseSha: facts.baseSha,
    ...given("key", task?.key),
    ...given("issue", task?.issue),
    ...given("attempt", task?.attempt),
    ...given("agent", facts.agent),
    ...given("recipe", facts.recipe),
    ...given("sandbox", facts.sandbox),
    ...given("noWall", facts.noWall),
    ...(facts.refusedAddresses?.length && {
      refusedAddresses: facts.refusedAddresses.map((address) => journal.line(address, 300)),
    }),
    ...given("needsDocker", facts.needsDocker),
    ...(patch && {
      patch: {
        sha256: sha256Of(patch.bytes),
        bytes: patch.bytes.length,
        files: patch.paths.slice(0, 500).map((path) => journal.line(path, 300)),
      },
    }),
    ...given("plan", journal.plan),
    summary: journal.summary,
    checks: journal.checks,
    calls: journal.calls,
    ...sumUse(journal.calls),
    ...given("failure", journal.failure),
    ...given("verified", facts.verified),
    changesTests: facts.changesTests.map((path) => journal.line(path, 300)),
    notes: journal.notes,
    seconds: Math.round(milliseconds / 100) / 10,
  };
}

const given = <K extends string, V>(name: K, value: V | undefined): { [P in K]?: V } =>
  value === undefined ? {} : ({ [name]: value } as { [P in K]: V });
