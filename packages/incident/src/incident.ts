import type { Account } from "./account.ts";
import { type Command, commandLabel, PHASES, type Phase } from "./phases.ts";
import type { Records, Stored } from "./record-table.ts";
import type { AttemptRecord, DispatchRecord, IncidentRecord, RecoveryRecord } from "./records.ts";
import type { SpokenCommand } from "./spoken.ts";

/** A label command, from its newest LabeledEvent. */
export type CommandEvent = {
  readonly command: Command;
  readonly eventId: string;
  readonly at: string;
  readonly actor: Account | null;
};

/** A change of an issue's title or text. */
export type TextChange = { readonly at: string; readonly actor: Account | null };

/** What someone said on an issue, in words; hostile text. */
export type Saying = {
  readonly author: Account;
  readonly text: string;
  readonly at: string;
  /** Its last edit; `by` null: not known. */
  readonly edit: { readonly at: string; readonly by: string | null } | null;
};

/** The facts of one issue that the fold needs. */
export type IssueFacts = {
  readonly nodeId: string;
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly url: string;
  readonly open: boolean;
  readonly stateReason: string | null;
  readonly locked: boolean;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly closedAt: string | null;
  /** When it was last reopened; null or absent where that is not known to have happened. */
  readonly reopenedAt?: string | null;
  /** Who reopened it last; null or absent: not known. */
  readonly reopenedBy?: Account | null;
  /** Who closed it last: GitHub's bots and apps are not people. */
  readonly closedBy: Account | null;
  readonly author: Account | null;
  /** When its text was last changed and its title renamed, and by whom; absent where that was not asked. */
  readonly textChanges?: readonly TextChange[];
  /** What people said, oldest first, of an issue that somebody vouches for and that is no incident yet. */
  readonly discussion?: {
    readonly comments: readonly Saying[];
    /** Comments in the middle that were not read. */
    readonly leftOut: number;
  };
  readonly labels: readonly string[];
  readonly commands: readonly CommandEvent[];
  /** Commands in the comments of an incident, oldest first; absent: there is none. */
  readonly spoken?: readonly SpokenCommand[];
  /** When a person last commented on an incident or set one of our labels; absent: nobody did. What was said is not kept. */
  readonly lastWordAt?: string;
};

/** One incident: one issue, read whole. */
export type Incident = IssueFacts & {
  readonly records: Records;
  /** What the labels should say; undefined where the issue is no incident (yet). */
  readonly phase: Phase | undefined;
  readonly episode: number;
};

/** What one record says of where the incident is, and which one it was. */
export type IncidentStep =
  | { readonly from: "incident"; readonly data: IncidentRecord }
  | { readonly from: "dispatch"; readonly data: DispatchRecord }
  | { readonly from: "attempt"; readonly data: AttemptRecord }
  | { readonly from: "recovery"; readonly data: RecoveryRecord };

/**
 * The fold: facts of an issue and its records to an incident. A closed issue is recovered or done if the newest step
 * said so, else a person dismissed it.
 */
export function foldIncident(issue: IssueFacts, records: Records): Incident {
  const accepted = records.incident?.data;
  if (accepted === undefined) return { ...issue, records, phase: undefined, episode: 0 };
  const episode = Math.max(accepted.episode, (findReopening(issue, records)?.episode ?? 0) + 1);
  const step = findNewestStep(issue, records, episode) ?? { from: "incident", data: accepted };
  return { ...issue, records, phase: projectPhase(issue, step), episode };
}

/**
 * The step that an incident owes its phase to: the newest of any record. A later kind wins a tie, in the order in which
 * one tick writes them: GitHub's clock tells whole seconds, and the attempt that follows from a verdict may be opened in
 * the second of the verdict. Of attempts the last counts, whatever the clock said when an earlier one ended. What an
 * earlier episode left behind moves nothing, except the decision to reopen, which begins the next one.
 */
export function findNewestStep(
  issue: IssueFacts,
  records: Records,
  episode: number,
): IncidentStep | undefined {
  const { incident, dispatch } = records;
  const reopening = findReopening(issue, records);
  const attempts = listData(records.attempts, episode)
    .slice(-1)
    .map((data) => ({ from: "attempt" as const, data }));
  /** The attempt that the verdict is about. */
  const judged = records.recoveries.get(episode)?.data.attempt ?? Number.POSITIVE_INFINITY;
  const steps: IncidentStep[] = [
    ...(incident ? [{ from: "incident" as const, data: incident.data }] : []),
    ...(dispatch ? [{ from: "dispatch" as const, data: dispatch.data }] : []),
    ...(reopening?.episode === episode - 1 ? [{ from: "recovery" as const, data: reopening }] : []),
    ...attempts.filter(({ data }) => data.attempt <= judged),
    ...listData(records.recoveries, episode).map((data) => ({ from: "recovery" as const, data })),
    ...attempts.filter(({ data }) => data.attempt > judged),
  ];
  return steps.reduce<IncidentStep | undefined>(
    (newest, step) => (newest === undefined || readTime(step) >= readTime(newest) ? step : newest),
    undefined,
  );
}

/** The decision that a recovery was none: its record stays with the episode that it ended. */
export const REOPEN = "reopen";

/** The newest decision to reopen that was carried out: an issue that has stayed closed since was not reopened yet. */
function findReopening(issue: IssueFacts, { recoveries }: Records): RecoveryRecord | undefined {
  const [newest] = [...recoveries.values()]
    .map(({ data }) => data)
    .filter(({ decision }) => decision === REOPEN)
    .sort((a, b) => b.episode - a.episode);
  return newest !== undefined && isReopeningDue(issue, newest) ? undefined : newest;
}

/** Whether the issue has to be reopened still: the run that decided it stopped between the record and the issue. */
export function isReopeningDue(
  issue: IssueFacts,
  step: Pick<RecoveryRecord, "decision" | "phaseAt">,
): boolean {
  return step.decision === REOPEN && !issue.open && !isAfter(issue.closedAt, step.phaseAt);
}

const listData = <D extends { readonly episode: number }>(
  records: ReadonlyMap<number, Stored<D>>,
  episode: number,
): D[] =>
  [...records]
    .filter(([, { data }]) => data.episode >= episode)
    .sort(([a], [b]) => a - b)
    .map(([, { data }]) => data);

/** Compared as times: as texts, 10:00:00.500Z would be older than 10:00:00Z. */
const readTime = ({ data: { phaseAt } }: IncidentStep): number => Date.parse(phaseAt) || 0;

const isAfter = (instant: string | null | undefined, other: string): boolean =>
  Date.parse(instant ?? "") > (Date.parse(other) || 0);

/**
 * An open issue whose end is recorded waits for its close, unless somebody reopened it since: who does that knows
 * something that no number showed. A bot knows no more than Sentry's word, so what it reopened stays recovered.
 */
function projectPhase(issue: IssueFacts, { from, data }: IncidentStep): Phase {
  const { phase, phaseAt } = data;
  const decision = from === "recovery" ? data.decision : "";
  if (!issue.open) {
    if (phase === "done") return "done";
    const recovered = phase === "recovered" || isReopeningDue(issue, { decision, phaseAt });
    return recovered ? "recovered" : "dismissed";
  }
  if (phase === "recovered" && isReopenedByBot(issue, phaseAt)) return phase;
  if (phase === "recovered" || phase === "done")
    return isAfter(issue.reopenedAt, phaseAt) ? "needs-human" : "verifying";
  return phase === "dismissed" ? "needs-human" : phase;
}

/** Whether no person reopened an issue since an instant, but a bot did: Sentry's, where it keeps states in step. */
export const isReopenedByBot = ({ reopenedAt, reopenedBy }: IssueFacts, since: string): boolean =>
  isAfter(reopenedAt, since) && reopenedBy?.type === "Bot";

/** The newest event of a command, if its label is still on the issue. */
export function findCommand(issue: IssueFacts, command: Command): CommandEvent | undefined {
  return issue.commands.find((event) => event.command === command);
}

/** Whether the label is on the issue, whoever set it: hands off. */
export const isHeld = ({ labels }: Pick<IssueFacts, "labels">): boolean =>
  labels.includes(commandLabel("hold"));

/** The attempts of the running episode, oldest first. */
export function attemptsOfEpisode(incident: Incident): AttemptRecord[] {
  return [...incident.records.attempts.values()]
    .map((stored) => stored.data)
    .filter((attempt) => attempt.episode === incident.episode)
    .sort((a, b) => a.attempt - b.attempt);
}

/** Whether a text names a phase. */
export const isPhase = (text: string): text is Phase => (PHASES as readonly string[]).includes(text);
