/**
 * `npm run try -- ACTION [--scenario NAME] [--with INPUT=VALUE]... [--inspect]`: runs one action from its sources against
 * simulated services, and prints what it said, put out and wrote. Exits 1 if the action fails.
 */
import { readTrialCommand, type TrialCommand, trialHelp } from "./command-line.ts";
import { TRIALS } from "./scenarios.ts";
import { INSPECTOR_ADDRESS, type TriedAction, tryAction } from "./try-action.ts";

const command = readTrialCommand(process.argv.slice(2));
if (command.kind === "help") console.log(trialHelp());
else if (command.kind === "wrong") {
  console.error(command.sentence);
  process.exitCode = 1;
} else await run(command);

async function run({ action, scenario, inputs, isInspected }: Extract<TrialCommand, { kind: "try" }>) {
  const { sentence, actions } = TRIALS[scenario] ?? {};
  const prepare = actions?.[action];
  if (prepare === undefined) return;
  console.log(`${action}, scenario ${scenario}: ${sentence}.`);
  if (isInspected)
    console.log(
      `Connect a debugger to ${INSPECTOR_ADDRESS}, for example at chrome://inspect: the action waits at its first line.`,
    );
  const { signal } = endOnSignals();
  const trial = await tryAction({ action, prepare, inputs, isInspected, signal });
  print(trial);
  if (trial.step.outcome !== "success") process.exitCode = 1;
}

/** The action has its own process group, so Ctrl-C does not reach it. */
function endOnSignals(): AbortController {
  const ending = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"]) process.once(name, () => ending.abort());
  return ending;
}

function print({ step, changes }: TriedAction): void {
  section(`The action ended with ${step.outcome} and said`, step.log.join("\n"));
  const outputs = Object.entries(step.outputs).map(([name, value]) => `${name}: ${value}`);
  section("Outputs", outputs.join("\n"));
  for (const [name, text] of changes) section(name, text);
}

function section(title: string, text: string): void {
  console.log(`\n${title}\n${text.replace(/^/gm, "  ")}`);
}
