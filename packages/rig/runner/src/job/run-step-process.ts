import { type ProcessEnd, type ProcessRequest, runJobProcess } from "../contract/child-process.ts";
import { childEnvironment } from "./child-environment.ts";
import type { JobSession } from "./job-session.ts";
import type { TaskExecution } from "./task.ts";

/** Runs a process of a step. Its lines go to the step's log, and it ends when the step is cancelled. */
export function runStepProcess(
  session: JobSession,
  github: Readonly<Record<string, string>>,
  { environment, files, log, signal }: TaskExecution,
  process: Pick<ProcessRequest, "command" | "arguments" | "directory">,
): Promise<ProcessEnd> {
  const { grace, delay } = session.request.host;
  return runJobProcess({
    ...process,
    environment: childEnvironment(session, environment, files, github),
    signal,
    groups: session.groups,
    grace,
    delay,
    onLine: (line) => log.receive(line),
  });
}
