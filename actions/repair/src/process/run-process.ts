import { type ChildProcess, spawn } from "node:child_process";
import type { Socket } from "node:net";
import { boundedOutput } from "./bounded-output.ts";
import type { Clock } from "./clock.ts";
import { sayDiskIsFull } from "./disk-full.ts";
import { endProcesses, leftBehind, type SignalGroup, signalGroup } from "./end-processes.ts";

/** A process as it is started. `mark` is among `env` for everything that must be found again. */
export type Launch = {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly stdin: string;
  readonly mark: string;
  /** Folders in which only this call's processes work. */
  readonly folders: readonly string[];
  /** How its group is ended, if not by signals of this account. */
  readonly signal?: SignalGroup;
};

/** Why a process was ended before its time. */
export type Interruption = "time" | "cancelled";

/** How a process ended. `code` is null where a signal ended it. */
export type Ended = {
  readonly code: number | null;
  readonly interrupted: Interruption | undefined;
  readonly stdout: string;
  readonly stderr: string;
  /** Both, as they came. */
  readonly output: string;
  readonly milliseconds: number;
};

/** What a process is held to. */
export type Limits = {
  readonly clock: Clock;
  /** Aborted with an Interruption as its reason. */
  readonly interrupt: AbortSignal;
  /** Milliseconds between SIGTERM and SIGKILL. */
  readonly grace: Readonly<Record<Interruption, number>>;
  readonly show: (chunk: Buffer) => void;
  /** Gets what ends the processes that are left behind, if they are to live on, such as a database of setup's. */
  readonly letLive?: (end: () => Promise<void>) => void;
};

const MOST_STDOUT = 16 * 1024 * 1024;
const MOST_OTHER = 1024 * 1024;

/**
 * Runs a process as the leader of its own group, and kills everything that it leaves behind, unless it was ended
 * well and that is to live on.
 * @throws Error where it cannot be started.
 */
export async function runLaunch(launch: Launch, limits: Limits): Promise<Ended> {
  const begun = limits.clock.now();
  const child = spawn(launch.file, [...launch.args], {
    cwd: launch.cwd,
    env: launch.env,
    stdio: "pipe",
    detached: true,
  });
  const left = leftBehind(child.pid, launch);
  const [stdout, stderr] = [boundedOutput(MOST_STDOUT), boundedOutput(MOST_OTHER)];
  const kept = { stdout, stderr, both: boundedOutput(MOST_OTHER) };
  for (const name of ["stdout", "stderr"] as const)
    child[name].on("data", (chunk: Buffer) => {
      kept[name].add(chunk);
      kept.both.add(chunk);
      limits.show(chunk);
    });
  // It may end before it has read everything.
  child.stdin.on("error", () => {});
  const exit = waitForExit(child, launch);
  const closed = new Promise<void>((resolve) => child.on("close", () => resolve()));
  child.stdin.end(launch.stdin);
  const watch = watchInterruption(child, launch.signal ?? signalGroup, limits);
  try {
    const code = await exit;
    watch.stop();
    if (limits.letLive !== undefined && code === 0 && watch.interrupted() === undefined) {
      drain(child);
      limits.letLive(() => endProcesses(left));
    } else await endProcesses(left).then(() => hangUp(child, closed, limits.clock));
    return {
      code,
      interrupted: watch.interrupted(),
      stdout: kept.stdout.text(),
      stderr: kept.stderr.text(),
      output: kept.both.text(),
      milliseconds: limits.clock.now() - begun,
    };
  } finally {
    watch.stop();
  }
}

function waitForExit(child: ChildProcess, { file, cwd }: Launch): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.on("error", (cause) => {
      try {
        sayDiskIsFull(cause);
        reject(new Error(`${file} cannot be started in ${cwd} (${cause.message}).`, { cause }));
      } catch (error) {
        reject(error);
      }
    });
    child.on("exit", resolve);
  });
}

/** Ends the group when the limit strikes: first asked to, then not. */
function watchInterruption(child: ChildProcess, signal: SignalGroup, { interrupt, clock, grace }: Limits) {
  let interrupted: Interruption | undefined;
  let callOff = () => {};
  const strike = () => {
    interrupted = interrupt.reason as Interruption;
    const group = child.pid;
    if (group === undefined) return;
    signal(group, "SIGTERM");
    callOff = clock.after(grace[interrupted], () => signal(group, "SIGKILL"));
  };
  if (interrupt.aborted) strike();
  else interrupt.addEventListener("abort", strike, { once: true });
  return {
    interrupted: () => interrupted,
    stop: () => {
      interrupt.removeEventListener("abort", strike);
      callOff();
    },
  };
}

/** What lives on may go on writing; nobody reads it, and nobody waits for it. */
function drain(child: ChildProcess): void {
  for (const stream of [child.stdout, child.stderr]) {
    stream?.removeAllListeners("data");
    stream?.resume();
    // A pipe of this process's, which would keep it alive.
    (stream as Socket | null)?.unref();
  }
}

/** A process that could not be found may hold the pipes open; nobody waits for it longer than this. */
const PIPES_LINGER = 500;

async function hangUp(child: ChildProcess, closed: Promise<void>, clock: Clock): Promise<void> {
  const callOff = clock.after(PIPES_LINGER, () => {
    child.stdout?.destroy();
    child.stderr?.destroy();
  });
  await closed;
  callOff();
}
