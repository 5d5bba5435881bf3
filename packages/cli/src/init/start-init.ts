import { openPlace } from "../place/open-place.ts";
import { readTemplates } from "../templates/read-templates.ts";
import { atTerminal } from "./ask-at-terminal.ts";
import { connectInit } from "./connect-init.ts";
import type { Autonomy } from "./facts.ts";
import { init } from "./init.ts";
import { VARIABLE_OPTIONS } from "./settings.ts";
import { takeSecrets } from "./take-secrets.ts";

/** Options as the command line reads them; those of `VARIABLE_OPTIONS` by their names in camel case. */
export type InitFlags = {
  readonly repository?: string;
  readonly yes?: boolean;
  readonly print?: boolean;
  readonly secrets?: string;
  readonly whileOpen?: boolean;
  readonly branch: string;
  readonly autonomy: Autonomy;
  readonly overwrite?: boolean;
} & Readonly<Record<string, string | boolean | undefined>>;

/**
 * Runs `init` with your account.
 * @throws Error with a sentence
 */
export async function startInit(flags: InitFlags): Promise<void> {
  const { print = false, yes = false, overwrite = false } = flags;
  const isSilent = yes || print;
  if (!isSilent && !process.stdin.isTTY)
    throw new Error("There is no terminal to ask at. Pass --yes with options, or --print to look on.");
  const secrets = takeSecrets(flags.secrets ?? "", process.env);
  const place = await openPlace(flags.repository);
  const options = {
    repository: place.fullName,
    form: flags.whileOpen ? ("while-open" as const) : ("patchpilot" as const),
    autonomy: flags.autonomy,
    variables: readVariables(flags),
    secrets,
    branch: flags.branch,
    print,
    overwrite,
  };
  const say = (text: string): void => console.log(text);
  const person = isSilent ? undefined : atTerminal;
  const opened = await init(options, readTemplates(), connectInit(place, person, say));
  if (opened === undefined) return;
  say(opened.state === "opened" ? `Opened ${opened.url}` : `It is proposed already: ${opened.url}`);
  say("Merge it to switch PatchPilot on.");
}

/** The variables among the options, by their names. */
function readVariables(flags: InitFlags): Record<string, string> {
  const given = VARIABLE_OPTIONS.flatMap(({ option, variable }) => {
    const value = flags[option.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())];
    return typeof value === "string" && value.trim() !== "" ? [[variable, value.trim()] as const] : [];
  });
  return Object.fromEntries(given);
}
