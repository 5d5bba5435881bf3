import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Inputs } from "../contract.ts";
import type { Ports } from "../ports.ts";
import { chooseSandbox, type DockerState } from "./choose-sandbox.ts";
import { dockerSandbox } from "./docker-sandbox.ts";
import { noSandbox, processSandbox } from "./process-sandbox.ts";
import type { Sandbox } from "./sandbox.ts";

const run = promisify(execFile);

/** Milliseconds that docker may take to say its version. */
const PATIENCE = 10_000;

/** Makes the sandbox of a run, and the sentence that says which one it is. */
export async function openSandbox(
  inputs: Inputs,
  { machine, user, processors }: Pick<Ports, "machine" | "user" | "processors">,
): Promise<{ sandbox: Sandbox; told: string }> {
  const docker = (args: readonly string[], timeout = 60_000) =>
    run("docker", [...args], { env: { ...machine }, timeout });
  const askDocker = async (): Promise<DockerState> => {
    try {
      await docker(["version", "--format", "{{.Server.Version}}"], PATIENCE);
      return undefined;
    } catch (error) {
      const { stderr, message } = error as { stderr?: string; message: string };
      return (stderr || message).trim().split("\n").at(-1)?.replace(/\.$/, "").slice(0, 200);
    }
  };
  const { name, told } = await chooseSandbox(inputs, askDocker);
  if (name === "none") return { sandbox: noSandbox(machine), told };
  if (name === "process") return { sandbox: processSandbox(machine), told };
  const facts = {
    image: inputs["sandbox-image"] ?? "",
    network: inputs["sandbox-network"],
    machine,
    user,
    processors,
  };
  // A container that is gone already is what is wanted.
  return {
    sandbox: dockerSandbox({ ...facts, docker: (args) => docker(args).catch(() => undefined) }),
    told,
  };
}
