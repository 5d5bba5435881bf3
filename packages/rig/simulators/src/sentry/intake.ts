import { type NewIssue, storeEvent } from "./store-event.ts";
import type { Intake, SentEvent } from "./stored-intake.ts";
import type { SentryWorld, StoredProject } from "./world.ts";

export const emptyIntake = (): Intake => ({ leaks: [], delays: [], outcomes: [], backlog: [] });

/** Loses an event, keeps it for later, or stores it; whatever it is, it is counted. @returns the issue it opened */
export function takeEvent(world: SentryWorld, sent: SentEvent): readonly NewIssue[] {
  const { intake, clock } = world;
  const { projectId, event, at } = sent;
  const leak = intake.leaks.find((each) => loses(each, event, at))?.leak;
  if (leak) {
    const { outcome, reason } = leak;
    intake.outcomes.push({ projectId, at, outcome, reason, quantity: 1 });
    return [];
  }
  const delay = intake.delays.find(({ from, until }) => isBetween(at, from, until));
  const due = at + (delay?.ms ?? 0);
  if (delay === undefined || due <= clock.now()) return accept(world, sent, due);
  intake.backlog.push({ ...sent, due });
  return [];
}

function accept(world: SentryWorld, sent: SentEvent, due: number): readonly NewIssue[] {
  const { projectId } = sent;
  world.intake.outcomes.push({ projectId, at: due, outcome: "accepted", reason: "none", quantity: 1 });
  return storeEvent(world, sent);
}

/** Stores what has been kept until now. */
export function workOffBacklog(world: SentryWorld): readonly NewIssue[] {
  const { intake, clock } = world;
  const due = intake.backlog.filter((kept) => kept.due <= clock.now());
  intake.backlog = intake.backlog.filter((kept) => kept.due > clock.now());
  return due.flatMap((kept) => accept(world, kept, kept.due));
}

/** What an SDK says that it has discarded, of errors; at its receipt. */
export function takeClientReport(
  { intake, clock }: SentryWorld,
  { id: projectId }: StoredProject,
  report: Record<string, unknown>,
): void {
  const discarded = (report["discarded_events"] ?? []) as Record<string, unknown>[];
  for (const { category, reason, quantity } of discarded) {
    if (category !== "error") continue;
    const loss = { reason: String(reason), quantity: Number(quantity) };
    intake.outcomes.push({ projectId, at: clock.now(), outcome: "client_discard", ...loss });
  }
}

function loses(entry: Intake["leaks"][number], event: SentEvent["event"], at: number): boolean {
  const { from = Number.NEGATIVE_INFINITY, until, share = 1, concerns = () => true } = entry.leak;
  if (!isBetween(at, from, until) || !concerns(event)) return false;
  entry.owed += share;
  if (entry.owed < 1 - 1e-9) return false;
  entry.owed -= 1;
  return true;
}

const isBetween = (at: number, from: number, until = Number.POSITIVE_INFINITY) => at >= from && at < until;
