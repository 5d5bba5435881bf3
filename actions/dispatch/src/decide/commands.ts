import { type Command, type CommandEvent, findCommand, type IssueFacts } from "@patchpilot/incident";
import type { DispatchFacts, DispatchSettings } from "../facts.ts";
import { labelCause, redispatchCause } from "./claims.ts";

/** What people ask for and no claim names yet. */
export type Commands = {
  /** The cause of one more attempt, whatever became of the last one. */
  readonly retry: string | undefined;
  /** The cause of a first attempt, by the label that vouches for the incident. */
  readonly accept: string | undefined;
  /** The label alone; what it is worth is judged with the plan. */
  readonly approved: CommandEvent | undefined;
};

/** Finds the commands of people who may give them. Pure. */
export function findCommands(
  issue: IssueFacts,
  vouchedBy: DispatchFacts["vouchedBy"],
  settings: DispatchSettings,
  isNew: (cause: string) => boolean,
): Commands {
  const find = (command: Command): CommandEvent | undefined => {
    const event = findCommand(issue, command);
    return event !== undefined && isNew(labelCause(event)) ? event : undefined;
  };
  const redispatch = redispatchCause(settings);
  const retry = vouchedBy.retry ? find("retry") : undefined;
  const accept = vouchedBy.accept ? find("accept") : undefined;
  return {
    retry: settings.redispatch && isNew(redispatch) ? redispatch : retry && labelCause(retry),
    accept: accept && labelCause(accept),
    approved: find("approved"),
  };
}
