import { existsSync, realpathSync } from "node:fs";
import { delimiter, dirname, join, resolve } from "node:path";
import type { RepairInputs } from "../contract.ts";
import type { RepairPorts } from "../ports.ts";
import { liesIn } from "../sandbox/lies-in.ts";
import type { Sandbox } from "../sandbox/sandbox.ts";
import type { Scratch } from "../step/scratch.ts";

/**
 * What a sandbox must show for the agent to be started: its folder and, if it is a link, the one that it leads to. The
 * account's home is never shown for the sake of a program that lies in it; what lies in the checkout is shown with it.
 */
export function findProgramFolders(
  { "agent-path": path, agent }: Pick<RepairInputs, "agent-path" | "agent">,
  scratch: Pick<Scratch, "programs">,
  sandbox: Sandbox["name"],
  { machine, workspace }: Pick<RepairPorts, "machine" | "workspace">,
): string[] {
  if (agent === "command") return [];
  if (path === undefined) return [scratch.programs];
  const walled = sandbox === "wall" || sandbox === "limited-wall";
  const found = path.includes("/") ? resolve(path) : walled ? lookUp(path, machine["PATH"]) : undefined;
  if (found === undefined) return [];
  const places = walled && existsSync(found) ? [found, realpathSync(found)] : [found];
  const folders = new Set(places.map((place) => findFolder(place, machine["HOME"])));
  return [...folders].filter((folder) => !liesIn(workspace, folder));
}

/** Where a name without a slash leads; in a container that is the image's own affair. */
const lookUp = (name: string, path = ""): string | undefined =>
  path
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((file) => existsSync(file));

function findFolder(program: string, home: string | undefined): string {
  const folder = dirname(program);
  const holdsHome = home !== undefined && `${home}/`.startsWith(`${folder.replace(/\/+$/, "")}/`);
  return holdsHome ? program : folder;
}
