import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";

/** How a process ends when its step is cancelled: SIGINT, then SIGTERM, then SIGKILL for it and its children. */
export type CancelGrace = { readonly interruptMs: number; readonly terminateMs: number };

/** The waits of GitHub's runner between the signals. */
export const RUNNER_GRACE: CancelGrace = { interruptMs: 7_500, terminateMs: 2_500 };

/** Calls back after a real time; returns a function that calls it off. */
export type Delay = (milliseconds: number, callback: () => void) => () => void;

/** The real timer. It does not keep the process alive. */
export const realDelay: Delay = (milliseconds, callback) => {
  const timer = setTimeout(callback, milliseconds);
  timer.unref();
  return () => clearTimeout(timer);
};

export type ProcessRequest = {
  readonly command: string;
  readonly arguments: readonly string[];
  readonly directory: string;
  /** The whole environment of the process: nothing is inherited. */
  readonly environment: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** Receives the process group, so that its owner can end what it leaves in the background with `killGroup`. */
  readonly groups: Set<number>;
  readonly grace: CancelGrace;
  readonly delay: Delay;
  readonly onLine: (line: string) => void;
};

export type ProcessEnd = { readonly exitCode: number; readonly cancelled: boolean };

/** How long the output of a process's own background processes is waited for after it ended. */
const OUTPUT_GRACE_MS = 1_000;

const alive = new Set<number>();
process.once("exit", () => {
  for (const pid of alive) killGroup(pid);
});

/**
 * Runs a process in its own process group to its end and hands over its output line by line.
 * @throws Error naming the command, where it cannot be started
 */
export async function runJobProcess(request: ProcessRequest): Promise<ProcessEnd> {
  const child = spawn(request.command, request.arguments, {
    cwd: request.directory,
    env: request.environment,
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  if (child.pid !== undefined) {
    alive.add(child.pid);
    request.groups.add(child.pid);
  }
  const cancellation = cancelOnAbort(child, request);
  const output = Promise.all([forwardLines(child.stdout, request), forwardLines(child.stderr, request)]);
  try {
    const exitCode = await waitForExit(child, request.command);
    await Promise.race([output, new Promise<void>((resolve) => request.delay(OUTPUT_GRACE_MS, resolve))]);
    return { exitCode, cancelled: cancellation.began() };
  } finally {
    cancellation.end();
  }
}

/** Ends a process group: what a process left running in the background. */
export function killGroup(pid: number): void {
  alive.delete(pid);
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // Nobody of that group is left.
  }
}

function waitForExit(child: ChildProcess, command: string): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once("error", (error) => reject(new Error(`${command} cannot be started: ${error.message}`)));
    child.once("exit", (code, signal) => resolve(code ?? signalExitCode(signal)));
  });
}

/** Shells and the runner report a process that a signal ended as 128 + its number. */
function signalExitCode(signal: NodeJS.Signals | null): number {
  const numbers: Partial<Record<NodeJS.Signals, number>> = { SIGINT: 2, SIGKILL: 9, SIGTERM: 15 };
  return 128 + ((signal && numbers[signal]) ?? 0);
}

function forwardLines(stream: Readable | null, request: ProcessRequest): Promise<void> {
  if (stream === null) return Promise.resolve();
  const lines = createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY });
  lines.on("line", request.onLine);
  return new Promise((resolve) => lines.once("close", resolve));
}

function cancelOnAbort(
  child: ChildProcess,
  request: ProcessRequest,
): { began: () => boolean; end: () => void } {
  let callOff = (): void => undefined;
  let began = false;
  const begin = (): void => {
    began = true;
    child.kill("SIGINT");
    callOff = request.delay(request.grace.interruptMs, () => {
      child.kill("SIGTERM");
      callOff = request.delay(
        request.grace.terminateMs,
        () => child.pid !== undefined && killGroup(child.pid),
      );
    });
  };
  if (request.signal.aborted) begin();
  else request.signal.addEventListener("abort", begin, { once: true });
  return {
    began: () => began,
    end: () => {
      request.signal.removeEventListener("abort", begin);
      callOff();
    },
  };
}
