import { readFileSync } from "node:fs";
import { readdir, readFile, readlink } from "node:fs/promises";

/** Variable that everything started by one call inherits, so that what it left behind can be found. */
export const MARK = "PATCHPILOT_CALL";

/** Sends a signal to a process group; one that is gone is no fault. */
export function signalGroup(group: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-group, signal);
  } catch {
    // Gone already.
  }
}

/** What a call may have left behind, and how it is told from other people's processes. */
export type LeftBehind = {
  /** Process id of the call, which leads its group; undefined: it was never started. */
  readonly group: number | undefined;
  readonly mark: string;
  readonly folders: readonly string[];
  /** When the call began, in the kernel's clock ticks: what is older works in these folders by right. */
  readonly since: number;
};

/** Describes what a call may leave behind; to be asked as soon as it is started. */
export function leftBehind(
  group: number | undefined,
  { mark, folders }: Pick<LeftBehind, "mark" | "folders">,
): LeftBehind {
  const since = group === undefined ? undefined : readStat(tryRead(`/proc/${group}/stat`))?.started;
  return { group, mark, folders, since: since ?? Number.POSITIVE_INFINITY };
}

const ROUNDS = 25;

/**
 * Kills what a call left behind: its process group, and every process that carries its mark or has begun to work in
 * one of its folders, wherever it has moved to. Only Linux tells marks and folders; elsewhere the group is all that
 * is found.
 */
export async function endProcesses(left: LeftBehind): Promise<void> {
  // Again, until none is found: a process may have been forked while the list was read.
  for (let round = 0; round < ROUNDS; round += 1) {
    if (left.group !== undefined) signalGroup(left.group, "SIGKILL");
    const found = await findProcesses(left);
    if (found.length === 0) return;
    for (const pid of found) kill(pid);
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // Gone already.
  }
}

async function findProcesses(left: LeftBehind): Promise<number[]> {
  const names = await readdir("/proc").catch(() => []);
  const pids = names.filter((name) => /^\d+$/.test(name)).map(Number);
  const spared = new Set([process.pid, process.ppid]);
  const belonging = pids.map(async (pid) => !spared.has(pid) && (await belongs(pid, left)) && pid);
  return (await Promise.all(belonging)).filter((pid) => pid !== false);
}

async function belongs(pid: number, { mark, folders, since }: LeftBehind): Promise<boolean> {
  const stat = readStat(await readFile(`/proc/${pid}/stat`, "latin1").catch(() => ""));
  if (stat === undefined || stat.dead || stat.started < since) return false;
  const variables = await readFile(`/proc/${pid}/environ`, "latin1").catch(() => "");
  if (variables.split("\0").includes(`${MARK}=${mark}`)) return true;
  const folder = await readlink(`/proc/${pid}/cwd`).catch(() => "");
  return folders.some((each) => folder === each || folder.startsWith(`${each}/`));
}

/** Source: proc_pid_stat(5): the name in brackets may hold anything, the state is field 3, the start field 22. */
function readStat(text: string): { readonly dead: boolean; readonly started: number } | undefined {
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  if (fields.length < 20) return undefined;
  // A zombie is dead already; only its parent can take it away.
  return { dead: /^[ZX]/.test(fields[0] ?? ""), started: Number(fields[19]) };
}

function tryRead(path: string): string {
  try {
    return readFileSync(path, "latin1");
  } catch {
    return "";
  }
}
