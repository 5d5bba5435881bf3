import { type AttemptOutcome, attemptBranch } from "@patchpilot/incident";
import type { Facts } from "../facts.ts";

/** An attempt before the one that is opened, as refs and records name it. */
export type EarlierAttempt = {
  readonly attempt: number;
  readonly outcome: AttemptOutcome | "unknown";
  readonly reason?: string;
  /** The run that passed its gate. */
  readonly run?: string;
  readonly branch: string;
  readonly pullRequest?: number;
  readonly mergeCommit?: string;
  /** Newest commit of its pull request, where that was read already. */
  readonly head?: string;
};

/**
 * The attempts of an incident before one number, oldest first. The newest is told by its gate, which this run may
 * have closed itself, before any record says so. Pure.
 * @param elsewhere whether another repository than the incident's is repaired
 */
export function earlierAttempts(
  facts: Facts,
  next: number,
  place: { readonly repositoryId: number; readonly elsewhere: boolean },
): EarlierAttempt[] {
  const { incident } = facts;
  const numbers = new Set([
    ...facts.claims.map(({ attempt }) => attempt),
    ...incident.records.attempts.keys(),
  ]);
  return [...numbers]
    .filter((attempt) => attempt < next)
    .sort((a, b) => a - b)
    .map((attempt) => {
      const branch = attemptBranch(
        { repositoryId: place.repositoryId, issue: incident.number, attempt },
        place.elsewhere,
      );
      return { ...recorded(facts, attempt, branch), ...justSettled(facts, attempt) };
    });
}

function recorded({ incident }: Facts, attempt: number, ownBranch: string): EarlierAttempt {
  const record = incident.records.attempts.get(attempt)?.data;
  return {
    attempt,
    outcome: record?.outcome ?? "unknown",
    branch: record?.branch ?? ownBranch,
    // Before the outcome is known, a record's reason tells of a worker that is still on it.
    ...(record?.outcome && record.reason ? { reason: record.reason } : {}),
    ...(record?.runId ? { run: record.runId } : {}),
    ...(record?.pullRequest ? { pullRequest: record.pullRequest } : {}),
    ...(record?.mergeCommit ? { mergeCommit: record.mergeCommit } : {}),
  };
}

/** What the gate of the highest claim says, where that is the attempt that is asked for. */
function justSettled(facts: Facts, attempt: number): Partial<EarlierAttempt> {
  const { gate, pullRequest, runs } = facts;
  if (facts.claims.at(-1)?.attempt !== attempt || gate.state !== "present" || gate.fact.state !== "closed")
    return {};
  const { outcome, run, mergeCommit } = gate.fact;
  const ended = runs.find(({ id }) => id === run);
  return {
    outcome,
    ...(ended?.conclusion ? { reason: `its run ended: ${ended.conclusion}` } : {}),
    ...(run ? { run } : {}),
    ...(pullRequest ? { pullRequest: pullRequest.number, head: pullRequest.headOid } : {}),
    ...(mergeCommit ? { mergeCommit } : {}),
  };
}
