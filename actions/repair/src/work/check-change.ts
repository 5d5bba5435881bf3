import { readChangedPaths } from "../patch/agent-changes.ts";
import type { Vault } from "../patch/vault.ts";
import {
  chooseChecks,
  describeUntested,
  keepNewSetup,
  type ProjectChecks,
} from "../step/read-project-checks.ts";
import { runCheck } from "../step/run-check.ts";
import { openTestRunner, runTestCheck, type TestSurroundings } from "../verify/run-tests.ts";
import type { BaseTests, BesideBase } from "./base-tests.ts";

/** What checks a change. */
type ChangeChecker = {
  readonly project: ProjectChecks;
  readonly vault: Vault;
  readonly around: TestSurroundings;
  readonly base: BaseTests;
};

/** What became of a change's checks, all together: `alike` where a red test shows nothing of the change. */
export type CheckedChange = {
  readonly outcome: BesideBase;
  /** What of the change nothing tests. */
  readonly untested: string | undefined;
};

/** Runs what tests the files that are changed, up to what got worse, and sets up what was not before it. */
export async function checkChange({ project, vault, around, base }: ChangeChecker): Promise<CheckedChange> {
  const { commands, journal } = around;
  const chosen = chooseChecks(project, await readChangedPaths(vault));
  const late = keepNewSetup(chosen, project);
  const untested = describeUntested(chosen);
  let alike: typeof journal.story.failure;
  base.begin();
  for (const check of [...(late === undefined ? [] : [late]), ...chosen.checks]) {
    const tests = await openTestRunner(check, chosen, around);
    const outcome =
      tests === undefined
        ? await runCheck(check, commands, journal)
        : await base.judge(tests, await runTestCheck(tests));
    if (outcome === "alike") alike ??= journal.story.failure;
    else if (outcome !== "passed" && outcome !== "no-worse") return { outcome: "worse", untested };
  }
  if (alike === undefined) return { outcome: "no-worse", untested };
  // A later check that is green does not take away what the agent is to see.
  journal.setFailure(alike.command, alike.output);
  return { outcome: "alike", untested };
}
