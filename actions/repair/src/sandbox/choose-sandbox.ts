import type { Inputs } from "../contract.ts";
import type { Sandbox } from "./sandbox.ts";

/** Why docker cannot be used; undefined: it can. */
export type Obstacle = string | undefined;

/** The wall, or why there is none and what would help, as sentences. */
export type WallAnswer = { readonly sandbox: Sandbox } | { readonly fault: string };

/** Asks the machine, each only where it could be chosen. */
export type Askers = {
  readonly docker: () => Promise<Obstacle>;
  readonly wall: () => Promise<WallAnswer>;
};

/** Which sandbox, and the sentence that says so. */
export type Choice =
  | { readonly name: "wall"; readonly told: string; readonly sandbox: Sandbox }
  | {
      readonly name: "docker" | "process" | "none";
      readonly told: string;
      /** A warning, where a wall was looked for in vain. */
      readonly missing?: string;
    };

/**
 * Chooses where agent and tests run.
 * @throws Error where something is wanted by name and cannot be had: nothing falls back to less than was asked for.
 */
export async function chooseSandbox(
  { sandbox, "sandbox-image": image }: Pick<Inputs, "sandbox" | "sandbox-image">,
  ask: Askers,
): Promise<Choice> {
  if (sandbox === "none") return NONE;
  if (sandbox === "process") return { name: "process", told: PROCESS };
  if (sandbox === "wall") return chooseWall(await ask.wall());
  if (sandbox === "docker") {
    if (image === undefined)
      throw new Error(
        "`sandbox: docker` needs `sandbox-image`: an image that holds what the agent and the project need.",
      );
    return chooseDocker(image, await ask.docker());
  }
  const noDocker = image === undefined ? undefined : await ask.docker();
  if (image !== undefined && noDocker === undefined) return dockerOf(image);
  const wall = await ask.wall();
  if ("sandbox" in wall) return wallOf(wall.sandbox);
  const told = noDocker === undefined ? PROCESS : `${PROCESS} Docker does not answer (${noDocker}).`;
  return {
    name: "process",
    told,
    missing: `No wall is around agent and tests: they are processes of this job's account. ${wall.fault} \`sandbox: process\` accepts that without this warning.`,
  };
}

function chooseWall(wall: WallAnswer): Choice {
  if ("sandbox" in wall) return wallOf(wall.sandbox);
  throw new Error(`\`sandbox: wall\` cannot be built. ${wall.fault}`);
}

function chooseDocker(image: string, obstacle: Obstacle): Choice {
  if (obstacle === undefined) return dockerOf(image);
  throw new Error(`\`sandbox: docker\`: docker does not answer (${obstacle}). Use a runner that has it.`);
}

const dockerOf = (image: string): Choice => ({
  name: "docker",
  told: `Agent and tests run in a container of ${image}, without capabilities or the Docker socket.`,
});

const wallOf = (sandbox: Sandbox): Choice => ({
  name: "wall",
  sandbox,
  told: "Agent and tests run behind a wall of bubblewrap: the checkout and folders of their own, without privileges.",
});

const NONE: Choice = {
  name: "none",
  told: "Agent and tests run without a sandbox (`sandbox: none`), with the machine's environment.",
};

const PROCESS =
  "Agent and tests run as processes of this job's account, with an environment that holds nothing of the job's.";
