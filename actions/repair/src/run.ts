import type { Outcome } from "@patchpilot/action-kit";
import type { contract, Inputs } from "./contract.ts";
import type { Ports } from "./ports.ts";
import { composeResult } from "./result/compose.ts";
import { outcomeOf } from "./result/outcome.ts";
import { clearProducts, resultText, saveFile } from "./result/save.ts";
import { verify } from "./verify/verify.ts";
import { type Ending, openJournal } from "./work/journal.ts";
import { failedWith, type Known, type Step } from "./work/step.ts";
import { work } from "./work/work.ts";

/**
 * Runs one step and leaves `change.patch` and `result.json` in the job's temporary folder, also where the step failed,
 * ran out of time or was cancelled.
 */
export async function run(inputs: Inputs, ports: Ports): Promise<Outcome<typeof contract>> {
  const begun = ports.clock.now();
  await clearProducts(ports.temporaryFolder, inputs.step);
  const known: Known = {
    baseSha: inputs["base-sha"] ?? "",
    task: undefined,
    patch: undefined,
    changesTests: [],
  };
  const step: Step = { inputs, ports, journal: openJournal(ports.secrets), known };
  const ending = await endingOf(step);
  ports.emptyCommandFiles();
  return saveProducts(step, ending, begun);
}

async function endingOf(step: Step): Promise<Ending> {
  try {
    if (step.known.baseSha === "")
      throw new Error("`base-sha` is missing: pass `claim`'s output, the commit that is checked out.");
    return await (step.inputs.step === "work" ? work(step) : verify(step));
  } catch (error) {
    return failedWith(error);
  }
}

/** Writes the two files, after everything that ran is gone. A patch that cannot be written is told in the result. */
async function saveProducts(step: Step, ending: Ending, begun: number): Promise<Outcome<typeof contract>> {
  const { inputs, ports, journal, known } = step;
  const products = await clearProducts(ports.temporaryFolder, inputs.step);
  let end = ending;
  if (inputs.step === "work" && known.patch !== undefined)
    try {
      await saveFile(products.patch, known.patch.bytes);
    } catch (error) {
      end = failedWith(error);
      known.patch = undefined;
    }
  const facts = { ...known, step: inputs.step, milliseconds: ports.clock.now() - begun };
  const result = composeResult(end, journal, facts);
  await saveFile(products.result, resultText(result));
  const made = known.patch === undefined ? undefined : products.patch;
  return outcomeOf(result, { patch: inputs.step === "work" ? made : inputs.patch, result: products.result });
}
