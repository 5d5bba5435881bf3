import { basename } from "node:path";
import { parseArgs } from "node:util";
import { actionFolders } from "@patchpilot/build/repository";
import { TRIALS } from "./scenarios.ts";

/** What you asked for. */
export type TrialCommand =
  | { readonly kind: "help" }
  | { readonly kind: "wrong"; readonly sentence: string }
  | {
      readonly kind: "try";
      readonly action: string;
      readonly scenario: string;
      readonly isInspected: boolean;
      /** Inputs over those of the scenario. */
      readonly inputs: Readonly<Record<string, string>>;
    };

const OPTIONS = {
  help: { type: "boolean", short: "h", default: false },
  scenario: { type: "string" },
  with: { type: "string", multiple: true },
  inspect: { type: "boolean", default: false },
} as const;

/** Why no scenario has an action, and what to do instead. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  repair:
    "repair runs an agent on a checkout and asks no service. `npm run demo` runs it in a whole workflow, and `npm run test:bundles -- packages/rig/conformance/tests/bundles/repair.test.ts` runs it alone, after `npm run build`.",
};

/** Reads the arguments; a fault becomes one sentence that says what to write. */
export function readTrialCommand(args: readonly string[]): TrialCommand {
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(args);
  } catch (error) {
    return wrong(`${(error as Error).message.split(". ")[0]}; \`npm run try -- --help\` lists the options.`);
  }
  const { values, positionals } = parsed;
  const given = values.with ?? [];
  const [action, ...more] = positionals;
  if (values.help) return { kind: "help" };
  if (action === undefined || more.length > 0)
    return wrong("Name one action, such as `npm run try -- intake`.");
  const scenario = values.scenario ?? firstWith(action);
  const fault = faultIn(action, scenario) ?? inputFault(given);
  if (fault !== undefined || scenario === undefined) return wrong(fault ?? "");
  const inputs = Object.fromEntries(given.map(splitInput));
  return { kind: "try", action, scenario, isInspected: values.inspect, inputs };
}

const parse = (args: readonly string[]) =>
  parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });

const wrong = (sentence: string): TrialCommand => ({ kind: "wrong", sentence });

const scenariosWith = (action: string): string[] =>
  Object.keys(TRIALS).filter((name) => hasAction(name, action));

const firstWith = (action: string): string | undefined => scenariosWith(action)[0];

const hasAction = (scenario: string, action: string): boolean =>
  Object.hasOwn(TRIALS[scenario]?.actions ?? {}, action);

function faultIn(action: string, scenario: string | undefined): string | undefined {
  const actions = actionFolders().map((folder) => basename(folder));
  if (!actions.includes(action)) return `There is no action "${action}"; there are ${actions.join(", ")}.`;
  const fitting = scenariosWith(action);
  if (fitting.length === 0)
    return (
      ELSEWHERE[action] ??
      `No scenario has ${action} yet. Add it to packages/rig/conformance/try/scenarios.ts, where each scenario lists its actions.`
    );
  if (scenario === undefined || !Object.hasOwn(TRIALS, scenario))
    return `There is no scenario "${scenario}"; there are ${Object.keys(TRIALS).join(", ")}.`;
  if (!hasAction(scenario, action))
    return `${action} has nothing to do in the scenario ${scenario}. Try it with ${fitting.join(" or ")}.`;
  return undefined;
}

const inputFault = (given: readonly string[]): string | undefined =>
  given
    .filter((text) => !/^[\w-]+=/.test(text))
    .map((text) => `--with takes NAME=VALUE, not "${text}".`)
    .at(0);

function splitInput(text: string): [string, string] {
  const at = text.indexOf("=");
  return [text.slice(0, at), text.slice(at + 1)];
}

export function trialHelp(): string {
  const scenarios = Object.entries(TRIALS).flatMap(([name, { sentence, actions }]) => [
    `  ${name.padEnd(7)} ${sentence}`,
    `  ${"".padEnd(7)} for ${Object.keys(actions).join(", ")}`,
  ]);
  return [
    "npm run try -- ACTION [--scenario NAME] [--with INPUT=VALUE]... [--inspect]",
    "",
    "Runs one action from its sources against simulated services, and prints what it said, put out and wrote.",
    "",
    "Scenarios (default: the first that has the action):",
    ...scenarios,
    "",
    "Options:",
    "  --with INPUT=VALUE  sets an input, over what the scenario passes",
    "  --inspect           stops at the first line of the action, until a debugger connects to 127.0.0.1:9229",
  ].join("\n");
}
