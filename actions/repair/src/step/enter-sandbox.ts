import { openNetwork } from "../network/open-network.ts";
import type { Vault } from "../patch/vault.ts";
import { openSandbox } from "../sandbox/open-sandbox.ts";
import { makeOwnGits } from "../sandbox/wall/own-git.ts";
import { listFolders, type Workplace } from "./command-runner.ts";
import { readNetworkPolicy } from "./read-network-policy.ts";
import type { ProjectChecks } from "./read-project-checks.ts";
import type { Scratch } from "./scratch.ts";
import { type RepairStep, say } from "./step.ts";

/** Opens the sandbox of a step and its network, and says which ones they are. */
export async function enterSandbox(
  step: RepairStep,
  scratch: Scratch,
  vault: Vault,
  project: ProjectChecks,
): Promise<Workplace> {
  const { inputs, ports, journal } = step;
  const folders = listFolders("tests", scratch, ports.workspace, []);
  // Made of the checkout as it is before anything of the repository runs.
  if (/^(auto|wall)$/.test(inputs.sandbox)) await makeOwnGits(vault, [scratch.agentGit, scratch.projectGit]);
  const { sandbox, told, missing } = await openSandbox(inputs, ports, folders);
  journal.learn({ sandbox: sandbox.name, noWall: missing });
  say(step, told);
  const network = await openNetwork({
    sandbox,
    folders,
    shared: inputs["sandbox-network"] === "host",
    policy: await readNetworkPolicy(inputs, vault, project),
    services: inputs.services.map(Number),
    machine: ports.machine,
    findHome: (asker) => listFolders(asker, scratch, ports.workspace, []).home,
    node: ports.node,
    mark: ports.makeName(),
  });
  // It grows with what is refused.
  journal.learn({ refusedAddresses: network.refused });
  if (network.sentence !== undefined) say(step, network.sentence);
  return { sandbox, network, surroundings: project.surroundings };
}
