import type { RepairInputs } from "../contract.ts";
import type { Sandbox } from "./sandbox.ts";

/** Why docker cannot be used; undefined: it can. */
export type Obstacle = string | undefined;

/** The wall, or why there is none and what would help, as sentences. */
export type WallAnswer = { readonly sandbox: Sandbox } | { readonly fault: string };

/** Asks the machine, each only where it could be chosen. */
export type Askers = {
  readonly docker: () => Promise<Obstacle>;
  readonly wall: () => Promise<WallAnswer>;
  readonly limitedWall: () => Promise<WallAnswer>;
};

/** Which sandbox, and the sentence that says so. */
export type SandboxChoice =
  | (SandboxSentences & { readonly name: "wall" | "limited-wall"; readonly sandbox: Sandbox })
  | (SandboxSentences & { readonly name: "docker" | "process" | "none" });

/** The sentence that says which sandbox it is. */
export type SandboxSentences = {
  readonly told: string;
  /** A warning, where the wall was looked for in vain. */
  readonly missing?: string | undefined;
};

/**
 * Chooses where agent and tests run.
 * @throws Error where something is wanted by name and cannot be had, and where `auto` finds no wall on Linux: nothing
 * falls back to less than was asked for.
 */
export async function pickSandbox(
  { sandbox, "sandbox-image": image }: Pick<RepairInputs, "sandbox" | "sandbox-image">,
  ask: Askers,
  platform: NodeJS.Platform,
): Promise<SandboxChoice> {
  if (sandbox === "none") return NONE;
  if (sandbox === "process") return { name: "process", told: PROCESS };
  if (sandbox === "wall") return wallByName(sandbox, await ask.wall());
  if (sandbox === "limited-wall") return wallByName(sandbox, await ask.limitedWall());
  if (sandbox === "docker") {
    if (image === undefined)
      throw new Error(
        "`sandbox: docker` needs `sandbox-image`: an image with what the agent and the project need.",
      );
    return dockerByName(image, await ask.docker());
  }
  const noDocker = image === undefined ? undefined : await ask.docker();
  if (image !== undefined && noDocker === undefined) return takeDocker(image);
  return firstWall(ask, platform, noDocker === undefined ? "" : ` Docker does not answer (${noDocker}).`);
}

/** What `auto` is without a container. @param noDocker why there is none, if one was asked for */
async function firstWall(ask: Askers, platform: NodeJS.Platform, noDocker: string): Promise<SandboxChoice> {
  const wall = await ask.wall();
  if ("sandbox" in wall) return takeWall("wall", wall.sandbox, noDocker);
  if (platform !== "linux")
    return { name: "process", told: PROCESS + noDocker, missing: `${NO_WALL} ${wall.fault}` };
  const limited = await ask.limitedWall();
  if ("sandbox" in limited)
    return {
      ...takeWall("limited-wall", limited.sandbox, noDocker),
      missing: `The wall around agent and tests is a limited one: docs/runners.md lists what it leaves open. ${wall.fault} \`sandbox: limited-wall\` accepts that without this warning.`,
    };
  throw new Error(
    `No wall can be built around agent and tests.${noDocker} ${wall.fault} ${limited.fault} Set \`sandbox: process\` to run them without one: they can then read the model's key and make red tests look green (docs/runners.md).`,
  );
}

function wallByName(name: "wall" | "limited-wall", wall: WallAnswer): SandboxChoice {
  if ("sandbox" in wall) return takeWall(name, wall.sandbox);
  throw new Error(`\`sandbox: ${name}\` cannot be built. ${wall.fault}`);
}

function dockerByName(image: string, obstacle: Obstacle): SandboxChoice {
  if (obstacle === undefined) return takeDocker(image);
  throw new Error(`\`sandbox: docker\`: docker does not answer (${obstacle}). Use a runner that has it.`);
}

const takeDocker = (image: string): SandboxChoice => ({
  name: "docker",
  told: `Agent and tests run in a container of ${image}, without capabilities or the Docker socket.`,
});

const WALLS = {
  wall: "a wall of bubblewrap: the checkout and their own folders, without privileges",
  "limited-wall":
    "a limited wall of Landlock and seccomp: they write to the checkout and their own folders alone, without privileges",
};

const takeWall = (name: keyof typeof WALLS, sandbox: Sandbox, noDocker = ""): SandboxChoice => ({
  name,
  sandbox,
  told: `Agent and tests run behind ${WALLS[name]}.${noDocker}`,
});

const NONE: SandboxChoice = {
  name: "none",
  told: "Agent and tests run without a sandbox (`sandbox: none`), with the machine's environment.",
};

const PROCESS =
  "Agent and tests run as processes of this job's account, with an environment that has nothing of the job's.";

const NO_WALL =
  "There is no wall around agent and tests: they are processes of this job's account. `sandbox: process` accepts that without this warning.";
