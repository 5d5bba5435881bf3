import { describe, expect, it } from "vitest";
import { manualDelay } from "../testing/run-for-test.ts";
import { type ProcessRequest, RUNNER_GRACE, runJobProcess } from "./child-process.ts";

/** Runs a piece of JavaScript; `onLine` is told each line after it was kept. */
async function runNode(
  code: string,
  options: Partial<ProcessRequest> = {},
): Promise<{ lines: string[]; exitCode: number; cancelled: boolean }> {
  const lines: string[] = [];
  const end = await runJobProcess({
    command: process.execPath,
    arguments: ["-e", code],
    directory: "/",
    environment: {},
    signal: new AbortController().signal,
    groups: new Set(),
    grace: RUNNER_GRACE,
    delay: manualDelay().delay,
    ...options,
    onLine: (line) => {
      lines.push(line);
      options.onLine?.(line);
    },
  });
  return { lines, ...end };
}

describe("runProcess", () => {
  it("hands nothing of this process's environment over", async () => {
    const { lines } = await runNode("console.log(JSON.stringify(process.env))", {
      environment: { ONLY: "this" },
    });
    expect(lines).toEqual(['{"ONLY":"this"}']);
  });

  it("keeps standard output, standard error and the exit code", async () => {
    const run = await runNode("console.log('out'); console.error('err'); process.exitCode = 3");
    expect([run.lines.toSorted(), run.exitCode]).toEqual([["err", "out"], 3]);
  });

  it("names a command that cannot be started", async () => {
    await expect(runNode("", { command: "/nowhere/node" })).rejects.toThrow(
      "/nowhere/node cannot be started",
    );
  });

  it("interrupts, then terminates, then kills", async () => {
    const stop = new AbortController();
    const timer = manualDelay();
    const stubborn = `
      process.on("SIGINT", () => console.log("interrupted"));
      process.on("SIGTERM", () => console.log("terminated"));
      setInterval(() => undefined, 1000);
      console.log("ready");`;
    const next: Record<string, () => void> = {
      ready: () => stop.abort(),
      interrupted: () => timer.fire(RUNNER_GRACE.interruptMs),
      terminated: () => timer.fire(RUNNER_GRACE.terminateMs),
    };
    const run = await runNode(stubborn, {
      signal: stop.signal,
      delay: timer.delay,
      onLine: (line) => next[line]?.(),
    });
    expect(run).toEqual({ lines: ["ready", "interrupted", "terminated"], exitCode: 137, cancelled: true });
  });
});
