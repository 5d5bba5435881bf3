import { type Command, Option } from "commander";
import { AUTONOMY } from "./facts.ts";
import { VARIABLE_OPTIONS } from "./settings.ts";
import type { InitFlags } from "./start-init.ts";

/** Adds the verb `init`. */
export function addInit(program: Command): void {
  const command = program
    .command("init")
    .description("set PatchPilot up in a repository, by a pull request")
    .option("--repository <owner/name>", "default: the remote `origin` of this checkout")
    .option("-y, --yes", "ask nothing")
    .option("--print", "show everything and change nothing");
  for (const { option, meaning } of VARIABLE_OPTIONS)
    command.addOption(new Option(`--${option} <value>`, meaning));
  command
    .option("--secrets <names>", "environment variables to store as secrets: SENTRY_TOKEN,VERCEL_TOKEN")
    .addOption(
      new Option("--autonomy <level>", "how far it goes by itself").choices(AUTONOMY).default("observe"),
    )
    .option("--while-open", "the form that costs little in a quiet private repository")
    .option("--branch <name>", "branch of the pull request", "patchpilot-setup")
    .option("--overwrite", "replace files that are there already, without asking")
    .action(async (flags: InitFlags) => (await import("./start-init.ts")).startInit(flags));
}
