import { isEnough, isMeasured, type ProofAccount, type RequiredProof } from "@patchpilot/incident";
import type { Vault } from "../patch/vault.ts";
import { openProofPlace } from "../proof/open-proof-place.ts";
import { ProofStopped } from "../proof/proof-place.ts";
import { prove } from "../proof/prove.ts";
import type { CommandRunner } from "../step/command-runner.ts";
import type { RepairEnding } from "../step/journal.ts";
import { type ProjectCheck, runCheck } from "../step/run-check.ts";
import { endAs, type RepairStep } from "../step/step.ts";
import type { AppliedPatch } from "./apply-patch.ts";
import { describeBenchmarks, findBenchmarks } from "./find-benchmarks.ts";
import { openTestSuite, type ToldTests } from "./test-suite.ts";

/** A checkout that was set up with a patch, and whose tests are no worse than the base's. */
export type TestedPatch = {
  readonly vault: Vault;
  readonly applied: AppliedPatch;
  /** Tree of the checkout once it was set up. */
  readonly settled: string;
  readonly setup: ProjectCheck | undefined;
  readonly commands: CommandRunner;
  /** Its tests, with their runs on the patch. */
  readonly all: readonly ToldTests[];
};

/** Shows what the green of a patch is worth. */
export async function provePatch({ ports, journal }: RepairStep, tested: TestedPatch): Promise<ProofAccount> {
  const { vault, applied, settled, setup, commands, all } = tested;
  const suite = openTestSuite(all);
  const setUp = async (check: ProjectCheck) => {
    await commands.endServices();
    const outcome = await runCheck(check, commands, journal);
    if (outcome === "timeout" || outcome === "cancelled") throw new ProofStopped();
  };
  const openPlace = () =>
    openProofPlace({
      vault,
      settled,
      patched: applied.tree,
      setUp: setup === undefined ? undefined : () => setUp(setup),
      runTests: suite.runTests,
      now: ports.clock.now,
    });
  const production = journal.facts.task?.exceptions ?? [];
  const { changesTests } = applied;
  const proof = await prove({ production, onPatch: suite.onPatch, changesTests }, openPlace);
  const { task } = journal.facts;
  // What somebody asked for never failed: no exception and no benchmark is missing.
  if (task === undefined || production.length > 0 || !isMeasured(task.kind ?? "")) return proof;
  const benchmarks = await findBenchmarks(vault, applied.tree, applied.paths);
  return { ...proof, reason: `${proof.reason} ${describeBenchmarks(benchmarks, task.kind)}` };
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
