import type { TemplateTexts } from "../templates/templates.ts";
import { type Answerer, askForRest, Cancelled } from "./ask.ts";
import {
  decideSetup,
  type FilePlan,
  type SecretPlan,
  type Setup,
  type VariablePlan,
} from "./decide-setup.ts";
import type { Hints, SetupAnswers, SetupFacts } from "./facts.ts";
import type { InitPorts, OpenedOnboarding } from "./ports.ts";
import { KEY_SECRET } from "./secret-names.ts";
import { describePlan, listCommands, showDiff } from "./words-plan.ts";
import { describeOnboarding, TITLE } from "./words-pull-request.ts";

/** How `init` was called: what the options answer, and how to go about it. */
export type InitOptions = SetupAnswers & {
  /** `owner/name` as `gh` takes it, with its host if that is not github.com. */
  readonly repository: string;
  readonly branch: string;
  /** Show everything and change nothing. */
  readonly print: boolean;
  /** Replace files that are there already, without being asked. */
  readonly overwrite: boolean;
};

/**
 * Sets PatchPilot up in a repository: variables, secrets, and a pull request with its files.
 * @returns the pull request; undefined: nothing was to be proposed, or only shown
 * @throws Cancelled if the person leaves; Error with a sentence
 */
export async function init(
  options: InitOptions,
  templates: TemplateTexts,
  ports: InitPorts,
): Promise<OpenedOnboarding | undefined> {
  const facts = await ports.readFacts();
  const answers = await answer(options, await ports.readHints(), facts, ports.person);
  const setup = await settleFiles(decideSetup(answers, facts, templates), options, ports);
  ports.say(describePlan(setup));
  if (options.print) {
    for (const { path, text } of setup.files) ports.say(`\n# ${path}\n${text}`);
    return undefined;
  }
  await confirm(ports.person);
  const left = await writeSettings(setup, answers, options.repository, ports);
  return propose(options, facts, setup.files, left, ports);
}

async function answer(
  { form, autonomy, variables, secrets }: InitOptions,
  hints: Hints,
  facts: SetupFacts,
  person: Answerer | undefined,
): Promise<SetupAnswers> {
  if (person !== undefined)
    return { form, autonomy, ...(await askForRest({ variables, secrets }, hints, facts, person)) };
  return { form, autonomy, variables: { ...hints.variables, ...facts.variables, ...variables }, secrets };
}

/** Files that are there and differ stay as they are, unless the person agrees to the diff. */
async function settleFiles(setup: Setup, { overwrite }: InitOptions, ports: InitPorts): Promise<Setup> {
  const files: FilePlan[] = [];
  for (const file of setup.files) {
    if (file.state !== "differs" || overwrite) {
      files.push(file);
      continue;
    }
    ports.say(showDiff(file));
    const message = `${file.path} is there already. Propose this change?`;
    if (ports.person !== undefined && (await ports.person.confirm({ message }))) files.push(file);
    else ports.say(`${file.path} stays as it is. To replace it: --overwrite.`);
  }
  return { ...setup, files };
}

async function confirm(person: Answerer | undefined): Promise<void> {
  const message = "Set these, and open a pull request?";
  if (person !== undefined && !(await person.confirm({ message })))
    throw new Cancelled("Nothing was changed.");
}

/** Sets what was given. @returns commands for what is left */
async function writeSettings(
  { variables, secrets }: Setup,
  answers: SetupAnswers,
  repository: string,
  ports: InitPorts,
): Promise<string[]> {
  const leftVariables: VariablePlan[] = [];
  for (const plan of variables.filter(({ state }) => state !== "same")) {
    const { name, value, state } = plan;
    const isSet = await attempt(() => ports.setVariable({ name, value, isNew: state !== "differs" }), ports);
    if (!isSet) leftVariables.push(plan);
  }
  const leftSecrets: SecretPlan[] = [];
  for (const plan of secrets.filter(({ state }) => state !== "kept")) {
    const value = plan.name === KEY_SECRET ? ports.makeKey() : answers.secrets[plan.name];
    const isSet =
      plan.state !== "absent" &&
      value !== undefined &&
      (await attempt(() => ports.setSecret(plan.name, value), ports));
    if (!isSet) leftSecrets.push(plan);
  }
  return listCommands(repository, leftVariables, leftSecrets);
}

/** One refusal does not keep the rest from being set. */
async function attempt(write: () => Promise<void>, { say }: InitPorts): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    say((error as Error).message);
    return false;
  }
}

async function propose(
  { form, autonomy, branch }: InitOptions,
  facts: SetupFacts,
  files: readonly FilePlan[],
  left: readonly string[],
  ports: InitPorts,
): Promise<OpenedOnboarding | undefined> {
  const changed = files.filter(({ state }) => state !== "same");
  if (changed.length === 0) {
    ports.say("All files are on the default branch already.");
    return undefined;
  }
  const texts = Object.fromEntries(changed.map(({ path, text }) => [path, text]));
  return ports.propose({
    branch,
    title: TITLE,
    body: describeOnboarding({ form, autonomy }, facts, left, await ports.check()),
    files: texts,
  });
}
