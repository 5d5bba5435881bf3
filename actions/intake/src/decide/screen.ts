import {
  findCommand,
  type Incident,
  type IssueFacts,
  isHeld,
  isWatched,
  type TextChange,
} from "@patchpilot/incident";
import type { IntakeInputs } from "../contract.ts";
import type { Ignored, Occasion, Request } from "../facts.ts";
import { isSentryAuthor, type Recognised, recognise } from "./recognise.ts";

/** What is to be done with an issue before anyone else is asked about it. */
export type Screened =
  | {
      readonly step: "look";
      readonly occasion: Occasion;
      readonly recognised: Recognised;
      readonly request?: Request;
    }
  /** Accepted before and still waiting for a repair. */
  | { readonly step: "waiting" }
  /** In the hands of another action. */
  | { readonly step: "elsewhere" }
  | { readonly step: "ignore"; readonly ignored: Ignored };

/**
 * Sorts one issue by what GitHub alone says of it: by author, labels, state and records, never by its title.
 * @param vouched a person with write access set `patchpilot:take-on`.
 */
export function screen(incident: Incident, vouched: boolean, inputs: IntakeInputs, now: Date): Screened {
  const { number, author, body, open, records, phase } = incident;
  const ignore = (reason: Ignored["reason"], detail: string): Screened => ({
    step: "ignore",
    ignored: { issue: number, reason, detail },
  });
  if (records.newerVersion !== undefined)
    return ignore("unreadable", `its records are of version ${records.newerVersion}: upgrade this action`);
  if (isHeld(incident)) return ignore("held", "someone set `patchpilot:hold`");
  if (incident.locked && open)
    return ignore("locked", "its conversation is locked, so nothing can be written there: unlock it");
  if (phase !== undefined) return screenKnown(incident, inputs, now);
  if (!open) return ignore("resolved", "the issue is closed");
  const recognised = recognise(body);
  const isSentry = isSentryAuthor(author, inputs["sentry-authors"]);
  if (vouched && !isSentry && recognised.link === null) {
    const change = changeSinceVouched(incident);
    if (change !== undefined)
      return ignore(
        "edited",
        `${change.actor?.login ?? "somebody"} changed its text after patchpilot:take-on was set: read it again, take the label off and set it again`,
      );
    return { step: "look", occasion: "new", recognised, request: toRequest(incident) };
  }
  if (!vouched && !isSentry)
    return ignore("not-sentry", `${author?.login ?? "a deleted account"} is not one of \`sentry-authors\``);
  if (!vouched && recognised.link === null)
    return ignore("unreadable", "no Sentry link comes before the first code block");
  return { step: "look", occasion: "new", recognised };
}

function toRequest(incident: Incident): Request {
  const { title, body } = incident;
  return { kind: "issue", title, words: body, by: findVoucher(incident) ?? "" };
}

/**
 * A change of title or text that whoever vouched has not seen: what he vouches for is what an agent is asked to do, and
 * anyone may edit an issue of his own. The change counts where it came in the same second, too.
 */
function changeSinceVouched(issue: IssueFacts): TextChange | undefined {
  const command = findCommand(issue, "take-on");
  const since = Date.parse(command?.at ?? "");
  return issue.textChanges?.find(
    ({ at, actor }) => !(Date.parse(at) < since) && (actor === null || actor.id !== command?.actor?.id),
  );
}

function screenKnown(incident: Incident, inputs: IntakeInputs, now: Date): Screened {
  const { body, open, records, phase } = incident;
  const record = records.incident?.data;
  if (record === undefined) return { step: "elsewhere" };
  const look = (occasion: Occasion): Screened => ({
    step: "look",
    occasion,
    recognised: recognise(body),
  });
  if (record.kind !== "error") return phase === "accepted" ? { step: "waiting" } : { step: "elsewhere" };
  // `verifying`: the recovery was written down a moment ago, and its close has not come yet.
  if (open && phase !== "verifying" && hasEnded(incident))
    return isLeftToWatch(incident, now) ? { step: "elsewhere" } : look("returned");
  if (inputs["sentry-token"] && awaitsSentry(incident)) return look("upgrade");
  return phase === "accepted" ? { step: "waiting" } : { step: "elsewhere" };
}

/**
 * A bot reopened it, for Sentry called an error a regression: verify-recovery judges that while it watches. What it could
 * not judge until then is taken up here, for nobody else looks at it any more.
 */
function isLeftToWatch({ phase, records, episode }: Incident, now: Date): boolean {
  const closedAt = records.recoveries.get(episode)?.data.closedAt;
  return phase === "recovered" && closedAt !== undefined && isWatched(Date.parse(closedAt), now.getTime());
}

/** Accepted by its text alone and not worked on; dispatch may have left it to people for its low confidence. */
function awaitsSentry({ open, body, records, phase }: Incident): boolean {
  const record = records.incident?.data;
  const untouched = phase === "accepted" || (phase === "needs-human" && records.dispatch !== undefined);
  return (
    open &&
    untouched &&
    record?.basis === "text" &&
    records.attempts.size === 0 &&
    recognise(body).link !== null
  );
}

/** Whether the last step of an incident was its recovery: an issue that is open all the same was reopened. */
function hasEnded({ records }: Incident): boolean {
  const steps = [
    records.incident?.data,
    records.dispatch?.data,
    ...[...records.attempts.values()].map((stored) => stored.data),
    ...[...records.recoveries.values()].map((stored) => stored.data),
  ].filter((step) => step !== undefined);
  const last = steps.reduce((newest, step) => (step.phaseAt >= newest.phaseAt ? step : newest));
  return last.phase === "recovered";
}

/** The command on an issue that takes it on, with who gave it; undefined for none. Whether that person may write is asked elsewhere. */
export function findVoucher(incident: Incident): string | undefined {
  const command = findCommand(incident, "take-on");
  return command?.actor?.type === "User" ? command.actor.login : undefined;
}
