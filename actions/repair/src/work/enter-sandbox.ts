import { openSandbox } from "../sandbox/open-sandbox.ts";
import type { Sandbox } from "../sandbox/sandbox.ts";
import { foldersOf } from "./bench.ts";
import type { Scratch } from "./scratch.ts";
import { type Step, say } from "./step.ts";

/** Opens the sandbox of a step, and says which one it is. */
export async function enterSandbox(step: Step, scratch: Scratch): Promise<Sandbox> {
  const { inputs, ports, known } = step;
  const folders = foldersOf("project", scratch, ports.workspace, []);
  const { sandbox, told, missing } = await openSandbox(inputs, ports, folders);
  known.sandbox = sandbox.name;
  known.noWall = missing;
  say(step, told);
  return sandbox;
}
