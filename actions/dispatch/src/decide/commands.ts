import { type Command, type CommandEvent, findCommand, spokenCause } from "@patchpilot/incident";
import type { DispatchFacts, DispatchSettings, HeardCommand } from "../facts.ts";
import { labelCause, redispatchCause } from "./claims.ts";

/** What people ask for and no claim names yet. */
export type Commands = {
  /** The cause of one more attempt, whatever became of the last one. */
  readonly retry: string | undefined;
  /** The cause of a first attempt, by the label that vouches for the incident. */
  readonly takeOn: string | undefined;
  /** The newest one; what it is worth is judged with the plan. */
  readonly goAhead: ApprovalCommand | undefined;
};

/** A label or a comment that approves a plan. */
export type ApprovalCommand = {
  readonly cause: string;
  readonly at: string;
  readonly mayWrite: boolean;
  /** How it was given, for people. */
  readonly given: string;
};

/** Finds the commands of people who may give them. Pure. */
export function findCommands(
  { incident: issue, vouchedBy, heard = [] }: Pick<DispatchFacts, "incident" | "vouchedBy" | "heard">,
  settings: DispatchSettings,
  isNew: (cause: string) => boolean,
): Commands {
  const find = (command: Command): CommandEvent | undefined => {
    const event = findCommand(issue, command);
    return event !== undefined && isNew(labelCause(event)) ? event : undefined;
  };
  const redispatch = redispatchCause(settings);
  const retry = vouchedBy.retry ? find("retry") : undefined;
  const spoken = heard.findLast(({ name, mayWrite }) => name === "retry" && mayWrite);
  const spokenRetry = spoken && isNew(spokenCause(spoken)) ? spokenCause(spoken) : undefined;
  const takeOn = vouchedBy["take-on"] ? find("take-on") : undefined;
  return {
    retry:
      settings.redispatch && isNew(redispatch) ? redispatch : ((retry && labelCause(retry)) ?? spokenRetry),
    takeOn: takeOn && labelCause(takeOn),
    goAhead: findApproval(find("go-ahead"), vouchedBy["go-ahead"] === true, heard, isNew),
  };
}

/** Of a label and of comments the newest that counts; else the newest, for the sentence why it does not. */
function findApproval(
  label: CommandEvent | undefined,
  mayWrite: boolean,
  heard: readonly HeardCommand[],
  isNew: (cause: string) => boolean,
): ApprovalCommand | undefined {
  const given = [
    ...(label ? [{ cause: labelCause(label), at: label.at, mayWrite, given: "`patchpilot:go-ahead`" }] : []),
    ...heard
      .filter((each) => each.name === "approve" && isNew(spokenCause(each)))
      .map((each) => ({
        cause: spokenCause(each),
        at: each.at,
        mayWrite: each.mayWrite,
        given: "`/patchpilot approve`",
      })),
  ].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  return given.findLast((each) => each.mayWrite) ?? given.at(-1);
}
