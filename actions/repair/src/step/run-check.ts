import type { RepairCheck } from "@patchpilot/incident";
import type { Ended } from "../process/run-process.ts";
import { makeBashCommand } from "../sandbox/sandbox.ts";
import type { CommandRunner } from "./command-runner.ts";
import type { Journal } from "./journal.ts";

/** A command of the project. */
export type ProjectCheck = {
  readonly name: RepairCheck["name"];
  readonly command: string;
  readonly env?: Readonly<Record<string, string>>;
};

const TITLES = { setup: "Set up", test: "Test", recipe: "Check of the recipe" };

/** Runs a command of the project and notes how it ended. @returns its outcome */
export async function runCheck(
  check: ProjectCheck,
  commands: CommandRunner,
  journal: Journal,
): Promise<RepairCheck["outcome"]> {
  const { name, command, env } = check;
  const title = `${TITLES[name]}: ${journal.line(command, 150)}`;
  const owner = name === "setup" ? "setup" : "tests";
  return noteCheck(check, await commands.run(title, makeBashCommand(command, env), owner), journal);
}

/** Notes how a command of the project ended. @returns its outcome */
export function noteCheck(
  { name, command }: ProjectCheck,
  ended: Ended,
  journal: Journal,
): RepairCheck["outcome"] {
  const outcome = judgeExit(ended);
  const seconds = Math.round(ended.milliseconds / 100) / 10;
  journal.addCheck({ name, command, outcome, exitCode: ended.code, seconds });
  if (outcome === "passed") journal.clearFailure();
  else journal.setFailure(command, ended.output);
  return outcome;
}

function judgeExit({ code, interrupted }: Ended): RepairCheck["outcome"] {
  if (interrupted !== undefined) return interrupted === "time" ? "timeout" : "cancelled";
  return code === 0 ? "passed" : "failed";
}
