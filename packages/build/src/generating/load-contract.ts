import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Contract } from "@patchpilot/action-kit/contract";

/**
 * Loads the `contract` that `src/contract.ts` of an action exports.
 * @param folder the action's folder; its name must be the contract's name
 */
export async function loadContract(folder: string): Promise<Contract> {
  const file = join(folder, "src", "contract.ts");
  const { contract } = (await import(pathToFileURL(file).href)) as { contract?: Contract };
  if (contract === undefined)
    throw new Error(`${file} exports no \`contract\`; write \`export const contract = …\`.`);
  if (contract.name !== basename(folder))
    throw new Error(
      `${file} is named "${contract.name}"; the folder says ${basename(folder)}. Make them equal.`,
    );
  return contract;
}
