import type { Outcome } from "@patchpilot/action-kit";
import type { contract, Inputs } from "./contract.ts";
import type { Ports } from "./ports.ts";
import { composeResult } from "./result/compose.ts";
import { outcomeOf } from "./result/outcome.ts";
import { openProducts, resultText, saveFile } from "./result/save.ts";
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
  const journal = openJournal(ports.secrets);
  const known: Known = {
    baseSha: inputs["base-sha"] ?? "",
    task: undefined,
    patch: undefined,
    changesTests: [],
  };
  const products = await openProducts(ports.temporaryFolder, inputs.step);
  const step: Step = { inputs, ports, journal, products, known };
  const ending = await endingOf(step);
  const facts = { ...known, step: inputs.step, milliseconds: ports.clock.now() - begun };
  const result = composeResult(ending, journal, facts);
  await saveFile(products.result, resultText(result));
  ports.emptyCommandFiles();
  const patch = known.patch === undefined ? undefined : products.patch;
  return outcomeOf(result, { patch: inputs.step === "work" ? patch : inputs.patch, result: products.result });
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
