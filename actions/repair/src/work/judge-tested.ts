import type { Journal, RepairEnding } from "../step/journal.ts";
import type { ProjectChecks } from "../step/read-project-checks.ts";
import { endAs } from "../step/step.ts";
import type { BaseTests } from "./base-tests.ts";
import type { CheckedChange } from "./check-change.ts";

/** What is known once the tests have run on a change. */
type Tested = {
  readonly project: ProjectChecks;
  readonly journal: Journal;
  readonly base: BaseTests;
};

/** The ending of a change that makes nothing worse. */
export function judgeGreenChange(
  { project: { checks }, journal, base }: Tested,
  { untested }: CheckedChange,
): RepairEnding {
  if (untested !== undefined) journal.note(untested);
  const last = journal.story.calls.at(-1);
  // The agent's own reason says which: turns or money.
  const early = last?.ended === "turns" ? ` ${last.reason}` : "";
  const red = base.sentence();
  if (red !== undefined) return endAs("patch", `${red}${early}`);
  if (checks.some(({ name }) => name === "test")) return endAs("patch", `The change is tested.${early}`);
  journal.note("There is no test command: name one in `test-command`.");
  return endAs("patch", `There is a change, and no command that tests it.${early}`);
}

/** A change after which the tests say what they said on the base has shown nothing. */
export function judgeLeftRed(
  { base, journal }: Tested,
  { outcome, untested }: CheckedChange,
  end: RepairEnding,
): RepairEnding {
  if (outcome !== "alike") return end;
  if (untested !== undefined) journal.note(untested);
  const already = base.sentence() ?? "The test command is red on the base already.";
  return { ...end, reason: `${end.reason} ${already}` };
}
