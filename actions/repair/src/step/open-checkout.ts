import { openSnapshots } from "../patch/open-snapshots.ts";
import { openVault, type Vault } from "../patch/vault.ts";
import { trustedPath } from "../process/trusted-path.ts";
import type { Scratch } from "./scratch.ts";
import { type RepairStep, say } from "./step.ts";

/**
 * Opens the checkout at `base-sha`, or at the commit that it is at where none is given.
 * @throws Error with a sentence where it is not exactly that commit
 */
export async function openCheckout(step: RepairStep, scratch: Scratch): Promise<Vault> {
  const { inputs, ports, journal } = step;
  if (inputs["base-sha"] === undefined && journal.facts.task !== undefined)
    throw new Error(
      "`base-sha` is missing: `task-file` belongs to an attempt, so pass `claim`'s output, too.",
    );
  const vault = await openVault({
    workspace: ports.workspace,
    folder: scratch.vault,
    base: inputs["base-sha"],
    path: trustedPath(ports.machine["PATH"], ports.workspace),
  });
  journal.learn({ baseSha: vault.base });
  if (inputs["base-sha"] === undefined)
    say(step, `No \`base-sha\` is given: the base is ${vault.base}, the commit that is checked out.`);
  await openSnapshots(vault);
  return vault;
}
