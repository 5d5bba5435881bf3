import { HOME } from "@patchpilot/owner";
import { TEMPLATES, type TemplateName, type TemplateTexts } from "../templates/templates.ts";
import type { Autonomy, LoopForm, SetupAnswers, SetupFacts } from "./facts.ts";
import { KEY_SECRET } from "./secret-names.ts";
import { VARIABLE_OPTIONS } from "./settings.ts";

/** A file of the set-up beside what the default branch has. */
export type FilePlan = {
  readonly path: string;
  readonly text: string;
  readonly state: "new" | "same" | "differs";
  /** What the default branch has; absent: nothing. */
  readonly before?: string;
};

export type VariablePlan = {
  readonly name: string;
  readonly value: string;
  /** `unknown`: your token may not read what is set. */
  readonly state: "new" | "same" | "differs" | "unknown";
};

export type SecretPlan = {
  readonly name: string;
  /** `kept`: it is set, and no other value was given. `absent`: it is needed, and no value was given. */
  readonly state: "new" | "replaced" | "kept" | "absent";
};

/** Everything that a set-up consists of, and how far the repository has it already. */
export type Setup = {
  readonly files: readonly FilePlan[];
  readonly variables: readonly VariablePlan[];
  readonly secrets: readonly SecretPlan[];
};

/** The options that a set-up begins with. */
const OPTIONS = ".github/patchpilot.yml";
const writeOptions = (autonomy: Autonomy): string =>
  [
    `# Inputs for all actions: ${HOME}/blob/v1/docs/setup.md#options-in-one-file`,
    `# observe: describe incidents, start no worker. plan: write a plan, change nothing. draft-pr: open draft pull requests.`,
    `autonomy: ${autonomy}`,
    "",
  ].join("\n");

const FILES: Readonly<Record<LoopForm, readonly TemplateName[]>> = {
  patchpilot: ["patchpilot", "patchpilot-repair"],
  "while-open": ["while-open", "patchpilot-tick", "patchpilot-repair"],
};

/** Paths of all files that a set-up may write. */
export const SETUP_PATHS: readonly string[] = [
  ...new Set(Object.values(FILES).flatMap((names) => names.map(findPath))),
  OPTIONS,
];

/** Compares what was answered with what the repository has. */
export function decideSetup(answers: SetupAnswers, facts: SetupFacts, templates: TemplateTexts): Setup {
  const workflows = FILES[answers.form].map((name) => [findPath(name), templates[name]] as const);
  return {
    files: [...workflows, [OPTIONS, writeOptions(answers.autonomy)] as const].map(([path, text]) =>
      planFile(path, text, facts.files[path]),
    ),
    variables: VARIABLE_OPTIONS.flatMap(({ variable }) => planVariable(variable, answers, facts)),
    secrets: planSecrets(answers, facts),
  };
}

function findPath(name: TemplateName): string {
  return TEMPLATES.find((template) => template.name === name)?.path ?? "";
}

function planFile(path: string, text: string, before: string | undefined): FilePlan {
  if (before === undefined) return { path, text, state: "new" };
  return { path, text, state: before === text ? "same" : "differs", before };
}

function planVariable(name: string, answers: SetupAnswers, { variables }: SetupFacts): VariablePlan[] {
  const value = answers.variables[name];
  if (value === undefined) return [];
  if (variables === undefined) return [{ name, value, state: "unknown" }];
  const now = variables[name];
  return [{ name, value, state: now === undefined ? "new" : now === value ? "same" : "differs" }];
}

/** Secrets without which nothing is seen, and those that were given. */
function planSecrets({ variables, secrets }: SetupAnswers, facts: SetupFacts): SecretPlan[] {
  const needed = [
    KEY_SECRET,
    "SENTRY_TOKEN",
    ...(variables["VERCEL_PROJECT"] === undefined ? [] : ["VERCEL_TOKEN"]),
    ...(variables["POSTHOG_PROJECT_ID"] === undefined ? [] : ["POSTHOG_API_KEY"]),
  ];
  const names = new Set([...needed, ...Object.keys(secrets)]);
  return [...names].map((name) => {
    const isSet = facts.secrets?.includes(name) ?? false;
    const given = secrets[name] !== undefined || (name === KEY_SECRET && facts.secrets !== undefined);
    // What a lost key has signed is believed no more.
    if (isSet && (name === KEY_SECRET || !given)) return { name, state: "kept" };
    if (!given) return { name, state: "absent" };
    return { name, state: isSet ? "replaced" : "new" };
  });
}
