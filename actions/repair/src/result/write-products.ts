import type { RepairResult } from "@patchpilot/incident";
import type { Ending } from "../step/journal.ts";
import type { Step } from "../step/step.ts";
import { composeResult } from "./compose-result.ts";
import { clearProducts, type Products, resultText, saveFile } from "./result-files.ts";

/**
 * Writes change.patch, where there is a change, and result.json, in place of what lies there.
 * @throws DiskFull
 */
export async function writeProducts(
  { inputs, ports, journal, known, begun }: Step,
  ending: Ending,
): Promise<{ readonly products: Products; readonly result: RepairResult }> {
  const products = await clearProducts(ports.temporaryFolder, inputs.step);
  if (inputs.step === "work" && known.patch !== undefined) await saveFile(products.patch, known.patch.bytes);
  const facts = { ...known, step: inputs.step, milliseconds: ports.clock.now() - begun };
  const result = composeResult(ending, journal, facts);
  await saveFile(products.result, resultText(result));
  return { products, result };
}
