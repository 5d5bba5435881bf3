import type { RepairCheck } from "@patchpilot/incident";
import type { Ended } from "../process/run-process.ts";
import { makeBashCommand } from "../sandbox/sandbox.ts";
import type { CommandRunner } from "./command-runner.ts";
import type { Journal } from "./journal.ts";

/** A command of the project. */
export type ProjectCheck = {
  readonly name: Exclude<RepairCheck["name"], "policy">;
  readonly command: string;
  readonly env?: Readonly<Record<string, string>>;
  /** What is done before in the same bash, silently: tools that the machine lacks, a place for packages. */
  readonly prepare?: string;
};

const TITLES = { setup: "Set up", test: "Test", recipe: "Check of the recipe" };

/** Runs a command of the project and notes how it ended. @returns its outcome */
export async function runCheck(
  check: ProjectCheck,
  commands: CommandRunner,
  journal: Journal,
): Promise<RepairCheck["outcome"]> {
  const { name, command, env, prepare } = check;
  const title = `${TITLES[name]}: ${journal.line(command, 150)}`;
  const owner = name === "setup" ? "setup" : "tests";
  const ended = await commands.run(
    title,
    makeBashCommand(prepare ? `${guard(prepare)}\n${command}` : command, env),
    owner,
  );
  const outcome = judgeExit(ended);
  const seconds = Math.round(ended.milliseconds / 100) / 10;
  journal.addCheck({ name, command, outcome, exitCode: ended.code, seconds });
  if (outcome === "passed") journal.clearFailure();
  else journal.setFailure(command, ended.output);
  return outcome;
}

/** In a container there is no folder of tools: its image holds what is needed. */
const guard = (prepare: string): string => `if [ -n "\${PATCHPILOT_TOOLS:-}" ]; then\n${prepare}\nfi`;

function judgeExit({ code, interrupted }: Ended): RepairCheck["outcome"] {
  if (interrupted !== undefined) return interrupted === "time" ? "timeout" : "cancelled";
  return code === 0 ? "passed" : "failed";
}
