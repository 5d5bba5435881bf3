import type { TaskExecution } from "./task.ts";

/** The header that GitHub's runner prints before an action: what it uses, with its inputs and environment. */
export function writeActionHeader(
  uses: string,
  inputs: Readonly<Record<string, string>>,
  execution: TaskExecution,
): void {
  execution.log.write(`##[group]Run ${uses}`);
  writeValues(
    "with:",
    Object.entries(inputs).filter(([, value]) => value !== ""),
    execution,
  );
  writeValues("env:", Object.entries(execution.environment), execution);
  execution.log.write("##[endgroup]");
}

/** The header before a script: its text, shell and environment. */
export function writeScriptHeader(script: string, shell: string, execution: TaskExecution): void {
  execution.log.write(`##[group]Run ${firstLine(script)}`);
  execution.log.write(script.trimEnd());
  execution.log.write(`shell: ${shell} {0}`);
  writeValues("env:", Object.entries(execution.environment), execution);
  execution.log.write("##[endgroup]");
}

export function firstLine(script: string): string {
  return script.trimStart().split("\n")[0] ?? "";
}

function writeValues(
  title: string,
  values: readonly (readonly [string, string])[],
  { log }: TaskExecution,
): void {
  if (values.length > 0) log.write(title);
  for (const [name, value] of values) log.write(`  ${name}: ${value}`);
}
