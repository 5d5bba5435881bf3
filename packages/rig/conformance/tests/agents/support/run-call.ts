import { spawn } from "node:child_process";
import type { AgentCall, AgentExit } from "@patchpilot/action-repair/agents/agent";

/** Where and with what a call runs, and what ends it before its time. */
export type AgentSurroundings = {
  readonly cwd: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly timeIsUp?: Promise<void>;
};

/** Runs a call as the leader of a process group, with nothing of this process's environment. */
export function runAgentCall(
  call: AgentCall,
  { cwd, variables, timeIsUp }: AgentSurroundings,
): Promise<AgentExit> {
  return new Promise((resolve, reject) => {
    const env = { ...variables, ...call.env };
    const child = spawn(call.command, call.args, { cwd, env, detached: true });
    const heard = { stdout: "", stderr: "" };
    let interrupted: AgentExit["interrupted"];
    for (const name of ["stdout", "stderr"] as const)
      child[name].setEncoding("utf8").on("data", (text: string) => {
        heard[name] += text;
      });
    void timeIsUp?.then(() => {
      interrupted = "time";
      if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
    });
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, interrupted, ...heard }));
    child.stdin.end(call.stdin);
  });
}
