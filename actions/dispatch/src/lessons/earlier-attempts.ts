import { type AttemptEnding, type AttemptOutcome, attemptBranch, type Declined } from "@patchpilot/incident";
import { omitUndefined } from "@patchpilot/optional";
import type { DispatchFacts } from "../facts.ts";

/** An attempt before the one that is opened, as refs and records name it. */
export type EarlierAttempt = {
  readonly attempt: number;
  readonly outcome: AttemptOutcome | AttemptEnding | "unknown";
  readonly reason?: string;
  /** The run that passed its gate. */
  readonly run?: string;
  readonly branch: string;
  readonly pullRequest?: number;
  readonly mergeCommit?: string;
  /** Why its pull request was closed unmerged. */
  readonly declined?: readonly Declined[];
  /** Newest commit of its pull request, where that was read already. */
  readonly head?: string;
};

/**
 * The attempts of an incident before one number, oldest first. The newest is told by its gate, which this run may
 * have closed itself, before any record says so. Pure.
 * @param elsewhere whether another repository than the incident's is repaired
 */
export function earlierAttempts(facts: DispatchFacts, next: number, elsewhere: boolean): EarlierAttempt[] {
  const { incident } = facts;
  const numbers = new Set([
    ...facts.claims.map(({ attempt }) => attempt),
    ...incident.records.attempts.keys(),
  ]);
  return [...numbers]
    .filter((attempt) => attempt < next)
    .sort((a, b) => a - b)
    .map((attempt) => {
      const key = { repositoryId: facts.repositoryId, issue: incident.number, attempt };
      const branch = attemptBranch(key, elsewhere);
      return { ...recorded(facts, attempt, branch), ...justSettled(facts, attempt) };
    });
}

function recorded({ incident }: DispatchFacts, attempt: number, ownBranch: string): EarlierAttempt {
  const record = incident.records.attempts.get(attempt)?.data;
  return omitUndefined({
    attempt,
    outcome: record?.ending ?? record?.outcome ?? ("unknown" as const),
    branch: record?.branch ?? ownBranch,
    // Before the outcome is known, a record's reason tells of a worker that is still on it.
    reason: (record?.outcome && record.reason) || undefined,
    run: record?.runId || undefined,
    pullRequest: record?.pullRequest || undefined,
    mergeCommit: record?.mergeCommit || undefined,
    declined: record?.declined,
  });
}

/** What the gate of the highest claim says, where that is the attempt that is asked for. */
function justSettled(facts: DispatchFacts, attempt: number): Partial<EarlierAttempt> {
  const { gate, pullRequest, runs } = facts;
  if (facts.claims.at(-1)?.attempt !== attempt || gate.state !== "present" || gate.fact.state !== "closed")
    return {};
  const { outcome, ending, run, mergeCommit } = gate.fact;
  const ended = runs.find(({ id }) => id === run);
  return omitUndefined({
    outcome: ending ?? outcome,
    reason: ended?.conclusion ? `its run ended: ${ended.conclusion}` : undefined,
    run: run || undefined,
    pullRequest: pullRequest?.number,
    head: pullRequest?.headOid,
    mergeCommit: mergeCommit || undefined,
  });
}
