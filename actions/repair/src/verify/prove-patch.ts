import { isEnough, type ProofAccount, type RequiredProof } from "@patchpilot/incident";
import type { Selection, TestRun } from "@patchpilot/test-report";
import { MINUTE } from "@patchpilot/time";
import type { Vault } from "../patch/vault.ts";
import { readChange } from "../proof/change/read-change.ts";
import { openProofPlace } from "../proof/open-proof-place.ts";
import { ProofStopped, prove } from "../proof/prove.ts";
import type { CommandRunner } from "../step/command-runner.ts";
import type { RepairEnding } from "../step/journal.ts";
import { type ProjectCheck, runCheck } from "../step/run-check.ts";
import { endAs, type RepairStep } from "../step/step.ts";
import type { AppliedPatch } from "./apply-patch.ts";
import type { JudgedTests } from "./baseline.ts";
import { commandFor, runTests, type TestRunner } from "./run-tests.ts";

/** A checkout that was set up with a patch, and whose tests are no worse than the base's. */
export type TestedPatch = {
  readonly vault: Vault;
  readonly applied: AppliedPatch;
  /** Tree of the checkout once it was set up. */
  readonly settled: string;
  readonly setup: ProjectCheck | undefined;
  readonly commands: CommandRunner;
  readonly tests: TestRunner;
  readonly judged: JudgedTests;
};

/** Shows what the green of a patch is worth. */
export async function provePatch({ ports, journal }: RepairStep, tested: TestedPatch): Promise<ProofAccount> {
  const { vault, applied, settled, setup, commands, tests, judged } = tested;
  const change = await readChange(vault, applied.tree);
  const setUp = async (check: ProjectCheck) => {
    const outcome = await runCheck(check, commands, journal);
    if (outcome === "timeout" || outcome === "cancelled") throw new ProofStopped();
  };
  const place = openProofPlace({
    vault,
    settled,
    change,
    setUp: setup === undefined ? undefined : () => setUp(setup),
    runTests: runApart(tests),
    now: ports.clock.now,
  });
  const production = journal.facts.task?.exceptions ?? [];
  const { changesTests } = applied;
  return prove({ files: change.files, production, onPatch: judged.run, changesTests }, place);
}

/** Milliseconds for one run: a test that hangs on the base must not take the time of the whole step. */
const MOST_RUN = 10 * MINUTE;

/** Runs tests so that no run leaves byte code to another: Python takes it for fresh by second and size. */
export function runApart(tests: TestRunner) {
  let count = 0;
  return async (title: string, selection: Selection | undefined): Promise<TestRun> => {
    count += 1;
    const { run, ended } = await runTests(tests, `Proof: ${tests.journal.line(title, 150)}`, {
      command: selection === undefined ? tests.check.command : commandFor(tests, selection),
      most: MOST_RUN,
      env: { PYTHONPYCACHEPREFIX: `${tests.facts.folder}/byte-code-${count}` },
    });
    if (ended.interrupted !== undefined) throw new ProofStopped();
    return run;
  };
}

/** Why a green patch fails the job all the same; undefined: its proof is enough. Pure. */
export function judgeRequired(
  required: RequiredProof,
  proof: ProofAccount | undefined,
): RepairEnding | undefined {
  if (isEnough(proof?.level, required)) return undefined;
  const shown =
    proof === undefined ? "nothing was shown" : `the patch is ${proof.level} only. ${proof.reason}`;
  return endAs("failed", `\`require-proof\` asks for ${required}, and ${shown}`);
}
