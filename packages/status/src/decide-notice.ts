import { type Incident, isHeld, type Stored, type TurnRecord } from "@patchpilot/incident";
import { DAY, MINUTE } from "@patchpilot/time";
import type { Matter, Turn } from "./decide-turn.ts";

/** What `decideNotice` looks at beside the incident as this run leaves it. */
export type NoticeFacts = {
  /** GitHub's clock, in milliseconds. */
  readonly now: number;
  /** The worker's run itself asks. */
  readonly isWorker: boolean;
  /** This run closes the issue. */
  readonly isClosing: boolean;
};

/** What the worker's run begins, and says itself. */
const BEGUN_BY_WORKER: readonly Matter[] = ["review", "plan", "publish"];

/**
 * How long others leave that to it: it opens the pull request and says so in one breath, while a tick may look in between.
 * If it cannot say it, the next tick does.
 */
const WORKERS_TIME = 5 * MINUTE;

const ENDS: readonly Matter[] = ["recovered", "done"];

/**
 * Whether a comment has to say whose turn it is: once for each turn of a person, and once at the end. It reminds of a turn
 * that stays open after a day, then after two more, after four more, and so on, unless a person has answered. Pure.
 * @param incident with the turns that it was announced of
 */
export function decideNotice(incident: Incident, turn: Turn, facts: NoticeFacts): TurnRecord | undefined {
  const { turns } = incident.records;
  if (isHeld(incident) || !isToBeSaid(turn, facts)) return undefined;
  const notice = { turn: Math.max(0, ...turns.keys()) + 1, key: turn.key, reminder: 0 };
  const announced = [...turns.values()].filter(({ data }) => data.key === turn.key).sort(byReminder);
  const last = announced.at(-1);
  if (last === undefined) return notice;
  if (turn.whose === "nobody" || isAnswered(incident, announced)) return undefined;
  const { reminder } = last.data;
  return facts.now >= writtenAt(last, facts.now) + DAY * 2 ** reminder
    ? { ...notice, reminder: reminder + 1 }
    : undefined;
}

function isToBeSaid({ whose, matter, attempt }: Turn, { now, isWorker, isClosing }: NoticeFacts): boolean {
  if (whose !== "person") return ENDS.includes(matter) && isClosing;
  const isWorkers = BEGUN_BY_WORKER.includes(matter) && !isWorker;
  return !isWorkers || now >= (Date.parse(attempt?.phaseAt ?? "") || 0) + WORKERS_TIME;
}

type Announced = Stored<TurnRecord>;

const byReminder = (a: Announced, b: Announced): number => a.data.reminder - b.data.reminder;
const writtenAt = (announced: Announced, unknown: number): number =>
  Date.parse(announced.writtenAt ?? "") || unknown;

/** Who has said something since the turn came to him knows of it. */
const isAnswered = ({ lastWordAt }: Incident, [first]: readonly Announced[]): boolean =>
  Date.parse(lastWordAt ?? "") > Date.parse(first?.writtenAt ?? "");

/**
 * Comments about turns that are over, of those about this one all but the newest, and plans that are answered: GitHub may
 * fold them away.
 * @param isSaidAnew a comment about this turn is written now: it is the newest
 */
export function listOutdated({ records }: Incident, turn: Turn | undefined, isSaidAnew = false): string[] {
  const announced = [...records.turns.values()];
  const last = announced
    .filter(({ data }) => !isSaidAnew && data.key === turn?.key)
    .sort(byReminder)
    .at(-1);
  const isOver = turn === undefined || (turn.whose === "nobody" && turn.matter !== "held");
  const newest = Math.max(0, ...records.attempts.keys());
  const answered = [...records.plans.values()].filter(({ data }) => isOver || data.attempt < newest);
  return [...announced.filter((each) => each !== last), ...answered]
    .filter(({ isHidden }) => isHidden !== true)
    .map(({ commentId }) => commentId);
}
