import type { Inputs } from "../contract.ts";

/** Whether docker can be used: the reason why not, or undefined. */
export type DockerState = string | undefined;

/** Which sandbox, and the sentence that says so. */
export type Choice = { readonly name: "docker" | "process" | "none"; readonly told: string };

/**
 * Chooses where agent and tests run. Docker is asked only where it could be chosen.
 * @throws Error where docker is wanted and cannot be had: nothing falls back to less than was asked for.
 */
export async function chooseSandbox(
  inputs: Pick<Inputs, "sandbox" | "sandbox-image">,
  askDocker: () => Promise<DockerState>,
): Promise<Choice> {
  const { sandbox, "sandbox-image": image } = inputs;
  if (sandbox === "none")
    return {
      name: "none",
      told: "Agent and tests run without a sandbox (`sandbox: none`), with the machine's environment.",
    };
  if (sandbox === "process") return { name: "process", told: PROCESS };
  if (image === undefined) {
    if (sandbox === "docker")
      throw new Error(
        "`sandbox: docker` needs `sandbox-image`: an image that holds what the agent and the project need.",
      );
    return { name: "process", told: `${PROCESS} With \`sandbox-image\` set, it would be a container.` };
  }
  const fault = await askDocker();
  if (fault === undefined)
    return {
      name: "docker",
      told: `Agent and tests run in a container of ${image}, without capabilities or the Docker socket.`,
    };
  if (sandbox === "docker")
    throw new Error(`\`sandbox: docker\`: docker does not answer (${fault}). Use a runner that has it.`);
  return { name: "process", told: `${PROCESS} Docker does not answer (${fault}).` };
}

const PROCESS =
  "Agent and tests run as processes of this job's account, with an environment that holds nothing of the job's.";
