import type { Network } from "../network/network.ts";
import { openNetwork } from "../network/open-network.ts";
import type { Vault } from "../patch/vault.ts";
import { openSandbox } from "../sandbox/open-sandbox.ts";
import { foldersOf, type Place } from "./command-runner.ts";
import { readPolicy } from "./read-network-policy.ts";
import type { ProjectChecks } from "./read-project-checks.ts";
import type { Scratch } from "./scratch.ts";
import { type Step, say } from "./step.ts";

/** Opens the sandbox of a step and its network, and says which ones they are. */
export async function enterSandbox(
  step: Step,
  scratch: Scratch,
  vault: Vault,
  project: ProjectChecks,
): Promise<Place> {
  const { inputs, ports, known } = step;
  const folders = foldersOf("tests", scratch, ports.workspace, []);
  const { sandbox, told, missing } = await openSandbox(inputs, ports, folders);
  known.sandbox = sandbox.name;
  known.noWall = missing;
  say(step, told);
  const network: Network = await openNetwork({
    sandbox,
    folders,
    shared: inputs["sandbox-network"] === "host",
    policy: await readPolicy(inputs, vault, project),
    services: inputs.services.map(Number),
    machine: ports.machine,
    homeOf: (asker) => foldersOf(asker, scratch, ports.workspace, []).home,
    node: ports.node,
    mark: ports.makeName(),
  });
  // It grows with what is refused.
  known.refusedAddresses = network.refused;
  if (network.sentence !== undefined) say(step, network.sentence);
  return { sandbox, network };
}
