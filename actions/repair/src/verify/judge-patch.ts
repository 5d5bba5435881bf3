import { isEnough, type ProofAccount } from "@patchpilot/incident";
import type { TestRun } from "@patchpilot/test-report";
import { takeSnapshot } from "../patch/snapshot.ts";
import type { Vault } from "../patch/vault.ts";
import { type ReadChange, readChange } from "../proof/change/read-change.ts";
import { openProofPlace } from "../proof/open-proof-place.ts";
import { type ProofPlace, ProofStopped, prove } from "../proof/prove.ts";
import { showPart } from "../proof/show-tree.ts";
import type { CommandRunner } from "../step/command-runner.ts";
import type { RepairEnding } from "../step/journal.ts";
import type { ProjectChecks } from "../step/read-project-checks.ts";
import { type ProjectCheck, runCheck } from "../step/run-check.ts";
import { runTests, type TestPlace } from "../step/run-tests.ts";
import { endAs, type RepairStep } from "../step/step.ts";
import type { AppliedPatch } from "./apply-patch.ts";
import { guardSetup } from "./guard-setup.ts";
import { testPatch } from "./test-patch.ts";

/** A checkout with the patch applied, and what tests it. */
export type Bench = {
  readonly step: RepairStep;
  readonly vault: Vault;
  readonly project: ProjectChecks;
  readonly applied: AppliedPatch;
  readonly commands: CommandRunner;
  readonly facts: TestPlace["facts"];
};

/** Sets the patch up, tests it, and shows what its green is worth. */
export async function judgePatch(bench: Bench): Promise<RepairEnding> {
  const { step, vault, project, applied, commands } = bench;
  const setup = guardSetup(project, applied.paths);
  const red = (check: ProjectCheck) => endAs("failed", describeRed(check, commands.interrupted()));
  if (setup !== undefined && (await runCheck(setup, commands, step.journal)) !== "passed") return red(setup);
  const { tree: settled } = await takeSnapshot(vault);
  const change = await readChange(vault, applied.tree);
  const runs: TestRun[] = [];
  for (const check of project.checks) {
    if (check.name !== "test") {
      if ((await runCheck(check, commands, step.journal)) !== "passed") return red(check);
      continue;
    }
    const place = {
      ...testPlace(bench),
      journal: step.journal,
      showBase: () => showPart(vault, settled, change, () => false),
      showPatch: () => showPart(vault, settled, change, () => true),
    };
    const { isGreen, run } = await testPatch(check, place);
    if (!isGreen) return red(check);
    runs.push(run);
  }
  const [onPatch] = runs;
  if (onPatch === undefined) return judgeUntested(step);
  return judgeGreen(step, await provePatch(bench, settled, change, onPatch));
}

/** Python would take the bytecode of another version for this one's if both were written in one second. */
const NO_BYTECODE = { PYTHONDONTWRITEBYTECODE: "1" };

const testPlace = ({ step, commands, facts }: Bench): TestPlace => ({
  commands,
  facts,
  workspace: step.ports.workspace,
  env: NO_BYTECODE,
});

async function provePatch(
  bench: Bench,
  settled: string,
  change: ReadChange,
  onPatch: TestRun,
): Promise<ProofAccount> {
  const { step, vault, project, applied, commands } = bench;
  const { journal, ports } = step;
  const setup = guardSetup(project, applied.paths);
  const test = project.checks.find(({ name }) => name === "test")?.command ?? "";
  const runThese: ProofPlace["runTests"] = async (title, selection) => {
    const { run, ended } = await runTests(`Proof: ${journal.line(title, 150)}`, test, testPlace(bench), selection);
    if (ended.interrupted !== undefined) throw new ProofStopped();
    return run;
  };
  const setUp = async (check: ProjectCheck) => {
    const outcome = await runCheck(check, commands, journal);
    if (outcome === "timeout" || outcome === "cancelled") throw new ProofStopped();
  };
  const place = openProofPlace({
    vault,
    settled,
    change,
    setUp: setup === undefined ? undefined : () => setUp(setup),
    runTests: runThese,
    now: ports.clock.now,
  });
  const production = journal.facts.task?.exceptions ?? [];
  return prove({ files: change.files, production, onPatch, changesTests: applied.changesTests }, place);
}

function describeRed({ name, command }: ProjectCheck, interrupted: string | undefined): string {
  if (interrupted === "time") return "The time was up (`step-timeout-minutes`) before the tests had ended.";
  if (interrupted === "cancelled") return "The job was cancelled before the tests had ended.";
  return name === "setup" ? `The setup command failed: ${command}.` : `The tests are red: ${command}.`;
}

function judgeUntested({ journal }: RepairStep): RepairEnding {
  journal.learn({ verified: false });
  journal.note(
    "Unverified: there is no test command, and the base commit does not say one. Name it in `test-command`.",
  );
  return endAs("patch", "Unverified: the patch applies, and there is no command that tests it.");
}

function judgeGreen({ inputs, journal }: RepairStep, proof: ProofAccount): RepairEnding {
  const required = inputs["require-proof"];
  const verified = journal.facts.changesTests.length === 0;
  journal.learn({ verified, proof });
  if (!isEnough(proof.level, required))
    return endAs("failed", `\`require-proof\` asks for ${required}, and the patch is ${proof.level} only. ${proof.reason}`);
  return endAs(
    "patch",
    verified
      ? `The tests are green on a fresh checkout. Proof: ${proof.level}. ${proof.reason}`
      : "The base commit's tests are green on a fresh checkout, but the patch changes how it is tested: this does not count as verified.",
  );
}
