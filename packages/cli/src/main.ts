import { Command, CommanderError } from "commander";
import { addDoctor } from "./doctor/doctor-command.ts";
import { Cancelled } from "./init/ask.ts";
import { addInit } from "./init/init-command.ts";
import { addShow } from "./show/show-command.ts";

/** Exit status after Ctrl+C, as in a shell. */
const LEFT = 130;

const program = new Command("patchpilot")
  .description("Sets PatchPilot up in a repository, prints its workflows and checks the set-up.")
  .showSuggestionAfterError()
  .exitOverride();
addInit(program);
addDoctor(program);
addShow(program);

try {
  await program.parseAsync();
} catch (error) {
  // Commander has said by then what is wrong.
  if (!(error instanceof CommanderError)) console.error((error as Error).message);
  process.exitCode = error instanceof Cancelled ? LEFT : error instanceof CommanderError ? error.exitCode : 1;
}
