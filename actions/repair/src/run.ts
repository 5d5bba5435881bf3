import type { Outcome } from "@patchpilot/action-kit";
import type { contract, Inputs } from "./contract.ts";
import type { Ports } from "./ports.ts";
import { outcomeOf } from "./report.ts";
import { clearProducts } from "./result/result-files.ts";
import { writeProducts } from "./result/write-products.ts";
import { type Ending, openJournal } from "./step/journal.ts";
import { failedWith, type Known, type Step } from "./step/step.ts";
import { verify } from "./verify/verify.ts";
import { work } from "./work/work.ts";

/**
 * Runs one step and leaves `change.patch` and `result.json` in the job's temporary folder, also where the step failed,
 * ran out of time or was cancelled.
 */
export async function run(inputs: Inputs, ports: Ports): Promise<Outcome<typeof contract>> {
  await clearProducts(ports.temporaryFolder, inputs.step);
  const known: Known = {
    baseSha: inputs["base-sha"] ?? "",
    task: undefined,
    patch: undefined,
    changesTests: [],
  };
  const begun = ports.clock.now();
  const step: Step = { inputs, ports, journal: openJournal(ports.secrets), known, begun };
  const ending = await endingOf(step);
  ports.emptyCommandFiles();
  return saveProducts(step, ending);
}

async function endingOf(step: Step): Promise<Ending> {
  try {
    return await (step.inputs.step === "work" ? work(step) : verify(step));
  } catch (error) {
    return failedWith(error);
  }
}

/** Writes the two files, after everything that ran is gone. A patch that cannot be written is told in the result. */
async function saveProducts(step: Step, ending: Ending): Promise<Outcome<typeof contract>> {
  const { products, result } = await writeProducts(step, ending).catch((error: unknown) => {
    step.known.patch = undefined;
    return writeProducts(step, failedWith(error));
  });
  const made = step.known.patch === undefined ? undefined : products.patch;
  const patch = step.inputs.step === "work" ? made : step.inputs.patch;
  return outcomeOf(result, { patch, result: products.result });
}
