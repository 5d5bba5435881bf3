import type { RepairInputs } from "../contract.ts";
import type { RepairPorts } from "../ports.ts";
import { runFile } from "../process/run-file.ts";
import { trustedPath } from "../process/trusted-path.ts";
import { dockerSandbox } from "./docker-sandbox.ts";
import { openLimitedWall } from "./limited/open-limited-wall.ts";
import { type Obstacle, pickSandbox, type SandboxSentences } from "./pick-sandbox.ts";
import { noSandbox, processSandbox } from "./process-sandbox.ts";
import type { CommandFolders, Sandbox } from "./sandbox.ts";
import { openWall } from "./wall/open-wall.ts";

/** Milliseconds that docker may take to say its version. */
const PATIENCE = 10_000;

/** A sandbox, and what to say of it. */
type OpenedSandbox = SandboxSentences & { readonly sandbox: Sandbox };

/** Makes the sandbox of a run. @param folders those of a command of the project */
export async function openSandbox(
  inputs: RepairInputs,
  ports: RepairPorts,
  folders: CommandFolders,
): Promise<OpenedSandbox> {
  const { machine, user, processors } = ports;
  const outside = { ...machine, PATH: trustedPath(machine["PATH"], ports.workspace) };
  const docker = (args: readonly string[], timeout = 60_000) =>
    runFile("docker", [...args], { env: outside, timeout });
  const askers = {
    docker: () => askDocker(() => docker(["version", "--format", "{{.Server.Version}}"], PATIENCE)),
    wall: () => openWall({ ports, folders, mayChange: mayChange(inputs, ports) }),
    limitedWall: () => openLimitedWall({ ports, folders }, inputs.services.map(Number)),
  };
  const makers = {
    docker: () =>
      dockerSandbox({
        image: inputs["sandbox-image"] ?? "",
        network: inputs["sandbox-network"],
        machine: outside,
        user,
        processors,
        docker,
      }),
    process: () => processSandbox(machine),
    none: () => noSandbox(machine),
  };
  const choice = await pickSandbox(inputs, askers, process.platform);
  return { ...choice, sandbox: "sandbox" in choice ? choice.sandbox : makers[choice.name]() };
}

/** Only a machine that is thrown away is changed unasked. */
const mayChange = (inputs: RepairInputs, { thrownAway }: RepairPorts): boolean =>
  !inputs["dry-run"] && (thrownAway || inputs.sandbox === "wall");

async function askDocker(ask: () => Promise<unknown>): Promise<Obstacle> {
  try {
    await ask();
    return undefined;
  } catch (error) {
    const { stderr, message } = error as { stderr?: string; message: string };
    return (stderr || message).trim().split("\n").at(-1)?.replace(/\.$/, "").slice(0, 200);
  }
}
