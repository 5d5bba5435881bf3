import type { Outcome } from "@patchpilot/action-kit";
import type { contract, RepairInputs } from "./contract.ts";
import type { RepairPorts } from "./ports.ts";
import { report } from "./report.ts";
import { clearResultFiles, writeResultFiles } from "./result/result-files.ts";
import { openJournal, type RepairEnding } from "./step/journal.ts";
import { failWith, type RepairStep } from "./step/step.ts";
import { judgeProof } from "./verify/judge-proof.ts";
import { nameWall } from "./verify/name-wall.ts";
import { verifyPatch } from "./verify/verify.ts";
import { work } from "./work/work.ts";

/**
 * Runs one step and leaves `change.patch` and `result.json` in the job's temporary folder, even if the step fails,
 * runs out of time or is cancelled.
 */
export async function run(inputs: RepairInputs, ports: RepairPorts): Promise<Outcome<typeof contract>> {
  if (inputs.step === "proof") return judgeProof(inputs, ports);
  await clearResultFiles(ports.temporaryFolder, inputs.step);
  const journal = openJournal(ports.secrets, inputs["base-sha"] ?? "");
  const step: RepairStep = { inputs, ports, journal, begun: ports.clock.now() };
  const ending = await STEPS[inputs.step](step).catch(failWith);
  ports.emptyCommandFiles();
  return saveResult(step, ending);
}

const STEPS = { work, verify: verifyPatch, wall: nameWall } as const;

/** Writes the two files, after everything that ran is gone. The result says so if the patch cannot be written. */
async function saveResult(step: RepairStep, ending: RepairEnding): Promise<Outcome<typeof contract>> {
  const { files, result } = await writeResultFiles(step, ending, step.journal.facts.patch).catch(
    (error: unknown) => writeResultFiles(step, failWith(error), undefined),
  );
  const made = result.patch === undefined ? undefined : files.patch;
  const patch = step.inputs.step === "work" ? made : step.inputs.patch;
  return report(result, { patch, result: files.result });
}
