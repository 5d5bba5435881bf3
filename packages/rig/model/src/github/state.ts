/**
 * One moment of the modelled world: numbers in fixed places. A number is a small count, or the number under which a
 * table of `facts.ts` keeps what really stands there, such as the JSON of a claim.
 */
export type State = Uint32Array;

/** How many of each there is room for. */
export const ROOM = { issues: 2, attempts: 4, dispatchers: 4, workers: 6 } as const;
/** The run that plays alone once faults have stopped. */
export const FAIR_RUN = ROOM.dispatchers - 1;

/** What is there once. */
export const AT = {
  /** In ticks. */
  clock: 0,
  /** Faults so far, and deeds of people. */
  faults: 1,
  deeds: 2,
  /** One place whose last change a replica does not show yet, plus 1, and what that shows. */
  lagging: 3,
  lagged: 4,
  /** The sum of the month: what its ref says. */
  book: 5,
  end: 6,
} as const;

/** Of an issue: what people did to it, its records, and what the invariants remember. */
export const ISSUE = { face: 0, said: 1, verdict: 2, highest: 3, approved: 4, end: 5 } as const;
/** Of an attempt of an issue: its record and plan, its refs, its branch, and what the invariants remember. */
export const ATTEMPT = {
  record: 0,
  plan: 1,
  claim: 2,
  gate: 3,
  branch: 4,
  passed: 5,
  sent: 6,
  end: 7,
} as const;
/** Of a run of dispatch. `sawGate`: whether the gate was there when it took the attempt over. */
export const RUN = {
  step: 0,
  issue: 1,
  view: 2,
  closed: 3,
  book: 4,
  claim: 5,
  sent: 6,
  tries: 7,
  sawGate: 8,
  end: 9,
} as const;
/** Of a worker's run. `shown`: what the run list says of it. */
export const WORKER = {
  ...{ step: 0, order: 1, shown: 2, gate: 3, tries: 4, claimed: 5, head: 6, read: 7, left: 8 },
  end: 9,
} as const;

const ISSUE_SIZE = ISSUE.end + ROOM.attempts * ATTEMPT.end;
const RUNS_START = AT.end + ROOM.issues * ISSUE_SIZE;
const WORKERS_START = RUNS_START + ROOM.dispatchers * RUN.end;
export const STATE_SIZE = WORKERS_START + ROOM.workers * WORKER.end;

/** Where an issue, an attempt (from 1), a run of dispatch or a worker begins. */
export const issueAt = (issue: number): number => AT.end + issue * ISSUE_SIZE;
export const attemptAt = (issue: number, attempt: number): number =>
  issueAt(issue) + ISSUE.end + (attempt - 1) * ATTEMPT.end;
export const runAt = (run: number): number => RUNS_START + run * RUN.end;
export const workerAt = (worker: number): number => WORKERS_START + worker * WORKER.end;

export const read = (state: State, place: number): number => state[place] as number;

/** The state with some places changed. */
export function change(
  state: State,
  ...changes: readonly (readonly [place: number, value: number])[]
): State {
  const next = state.slice();
  for (const [place, value] of changes) next[place] = value;
  return next;
}

/** Clears the places of an actor but for its first: who has ended knows nothing any more. */
export function clear(state: State, start: number, size: number): void {
  state.fill(0, start + 1, start + size);
}

/** The attempts of an issue that are claimed, without gaps. */
export function countClaims(state: State, issue: number): number {
  let attempt = 0;
  while (attempt < ROOM.attempts && read(state, attemptAt(issue, attempt + 1) + ATTEMPT.claim) > 0)
    attempt += 1;
  return attempt;
}
