import { parseArgs } from "node:util";
import { DEMO_SCENARIOS } from "./story/scenarios.ts";

/** What the person asked for. */
export type DemoCommand =
  | { readonly kind: "help" }
  | { readonly kind: "wrong"; readonly sentence: string }
  | {
      readonly kind: "play";
      readonly scenario: string;
      /** Which row of visitors comes; the same number brings the same ones. */
      readonly seed: number;
      /** How often the schedule fires after the end of the story. */
      readonly ticks: number;
      /** Where to write what happened, as JSON. */
      readonly json: string | undefined;
      /** Where to write the page. Absent: the system's folder for temporary files. */
      readonly out: string | undefined;
      /** Whether the browser shall show the page. */
      readonly open: boolean;
    };

const OPTIONS = {
  help: { type: "boolean", short: "h", default: false },
  scenario: { type: "string", default: "recovered" },
  seed: { type: "string", default: "1" },
  ticks: { type: "string", default: "0" },
  json: { type: "string" },
  out: { type: "string" },
  open: { type: "boolean", default: false },
} as const;

/** Reads the arguments of the demo; a fault becomes one sentence. */
export function readCommand(args: readonly string[]): DemoCommand {
  const wrong = (sentence: string): DemoCommand => ({ kind: "wrong", sentence });
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(args);
  } catch (error) {
    return wrong(`${(error as Error).message.split(". ")[0]}; \`npm run demo -- --help\` lists the options.`);
  }
  const { values, positionals } = parsed;
  const { help, json, out, open } = values;
  const [scenario = values.scenario, ...others] = positionals;
  const seed = Number(values.seed);
  if (help) return { kind: "help" };
  if (others.length > 0) return wrong(`Name one scenario, not "${positionals.join(" ")}".`);
  if (!Object.hasOwn(DEMO_SCENARIOS, scenario))
    return wrong(`There is no scenario "${scenario}"; there are ${Object.keys(DEMO_SCENARIOS).join(", ")}.`);
  if (values.seed.trim() === "" || !Number.isSafeInteger(seed))
    return wrong(`--seed takes a whole number, not "${values.seed}".`);
  const ticks = Number(values.ticks);
  if (!/^\d{1,3}$/.test(values.ticks))
    return wrong(`--ticks takes a whole number up to 999, not "${values.ticks}".`);
  return { kind: "play", scenario, seed, ticks, json, out, open };
}

const parse = (args: readonly string[]) =>
  parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });

export function helpText(): string {
  const scenarios = Object.entries(DEMO_SCENARIOS).map(
    ([name, { sentence }]) => `  ${name.padEnd(13)} ${sentence}`,
  );
  return [
    "npm run demo -- [SCENARIO] [--open] [--json FILE] [--out FILE] [--seed NUMBER]",
    "",
    "A real web app crashes under real requests, and PatchPilot's bundled actions take it from there, started by the",
    "workflow files of the README. GitHub, Sentry, Vercel and PostHog are simulators on this machine; the coding agent",
    "is a script, not a model, and the demo reviews and merges in your place. Time runs fast; no threshold is changed.",
    "",
    "Scenarios (default: recovered):",
    ...scenarios,
    "",
    "Options:",
    "  --open        show the page in your browser: the issue, the pull request, your mail and the whole story",
    "  --json FILE   write outcome, decision, verdict, timeline, requests, issue and pull requests as JSON",
    "  --out FILE    write the page there and not into the system's folder for temporary files",
    "  --seed NUMBER other visitors: other times of the crashes, and so another day of the proof (default: 1)",
    "  --ticks NUMBER let the schedule fire so often after the end: nothing new may come of it (default: 0)",
    "",
    "The exit status is 0 if the story ends as its name says, and otherwise 1.",
  ].join("\n");
}
