import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { setImmediate } from "node:timers/promises";

/** Variable that everything started by one call inherits, so that what it left behind can be found. */
export const MARK = "PATCHPILOT_CALL";

/** Asks a process group to end, or ends it. */
export type SignalGroup = (group: number, signal: "SIGTERM" | "SIGKILL") => void;

/** Sends a signal to a process; one that is gone is no fault. */
export const sendSignal = (pid: number, signal: NodeJS.Signals): void =>
  void tryTo(() => process.kill(pid, signal));

export const signalGroup: SignalGroup = (group, signal) => sendSignal(-group, signal);

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
  const since = group === undefined ? undefined : readStat(read(`/proc/${group}/stat`))?.started;
  return { group, mark, folders, since: since ?? Number.POSITIVE_INFINITY };
}

const ROUNDS = 250;

/**
 * Kills what a call left behind: its process group, and every process that carries its mark or has begun to work in
 * one of its folders, wherever it has moved to. Only Linux tells marks and folders; elsewhere the group is all that
 * is found.
 */
export async function endProcesses(left: LeftBehind): Promise<void> {
  // Again, until none is found: a process may have been forked while the list was read.
  for (let round = 0; round < ROUNDS; round += 1) {
    if (left.group !== undefined) signalGroup(left.group, "SIGKILL");
    const found = findProcesses(left);
    if (found.length === 0) return;
    for (const pid of found) sendSignal(pid, "SIGKILL");
    // What was killed needs a moment of the kernel's to be gone.
    await setImmediate();
  }
}

// Read at once and not in turns: these are no files of a disk, and a process may be gone a moment later.
function findProcesses(left: LeftBehind): number[] {
  const names = tryTo(() => readdirSync("/proc")) ?? [];
  const pids = names.filter((name) => /^\d+$/.test(name)).map(Number);
  return pids.filter((pid) => pid !== process.pid && pid !== process.ppid && belongs(pid, left));
}

function belongs(pid: number, { group, mark, folders, since }: LeftBehind): boolean {
  const stat = readStat(read(`/proc/${pid}/stat`));
  if (stat === undefined || stat.dead || stat.started < since) return false;
  // The first process of a wall is dead once everything behind it is; while it dies, only its session tells whose it is.
  if (stat.session === group) return true;
  if (read(`/proc/${pid}/environ`).split("\0").includes(`${MARK}=${mark}`)) return true;
  const folder = tryTo(() => readlinkSync(`/proc/${pid}/cwd`)) ?? "";
  return folders.some((each) => folder === each || folder.startsWith(`${each}/`));
}

/** Source: proc_pid_stat(5): the name in brackets may hold anything; state, session and start are fields 3, 6 and 22. */
function readStat(
  text: string,
): { readonly dead: boolean; readonly session: number; readonly started: number } | undefined {
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  if (fields.length < 20) return undefined;
  // A zombie is dead already; only its parent can take it away.
  return { dead: /^[ZX]/.test(fields[0] ?? ""), session: Number(fields[3]), started: Number(fields[19]) };
}

const read = (path: string): string => tryTo(() => readFileSync(path, "latin1")) ?? "";

/** Undefined where the process is gone, belongs to somebody else, or the system has no such list. */
function tryTo<T>(ask: () => T): T | undefined {
  try {
    return ask();
  } catch {
    return undefined;
  }
}
