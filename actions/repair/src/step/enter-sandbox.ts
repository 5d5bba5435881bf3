import { openNetwork } from "../network/open-network.ts";
import type { Policy } from "../network/policy.ts";
import type { Vault } from "../patch/vault.ts";
import { openSandbox } from "../sandbox/open-sandbox.ts";
import { makeOwnGits } from "../sandbox/wall/own-git.ts";
import { listFolders, type Workplace } from "./command-runner.ts";
import type { ProjectChecks } from "./read-project-checks.ts";
import type { Scratch } from "./scratch.ts";
import { type RepairStep, say } from "./step.ts";

/** What the sandbox of a step is made of. */
export type SandboxPlan = {
  readonly scratch: Scratch;
  readonly vault: Vault;
  readonly project: ProjectChecks;
  readonly policy: Policy;
};

/**
 * Opens the sandbox of a step and its network, and says which ones they are. It reads the checkout and nothing of the
 * vault's indexes, which others may work on meanwhile.
 */
export async function enterSandbox(step: RepairStep, plan: SandboxPlan): Promise<Workplace> {
  const { inputs, ports, journal } = step;
  const { scratch, vault, project, policy } = plan;
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
    policy,
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
