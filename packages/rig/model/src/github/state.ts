import { AT, ATTEMPT, MODEL_ISSUE, ROOM, RUN, WORKER } from "./places.ts";

/**
 * One moment of the modelled world: numbers in fixed places. A number is a small count, or the number under which a
 * table of `facts.ts` keeps what really is there, such as the JSON of a claim.
 */
export type State = Uint32Array;

const ISSUE_SIZE = MODEL_ISSUE.end + ROOM.attempts * ATTEMPT.end;
const RUNS_START = AT.end + ROOM.issues * ISSUE_SIZE;
const WORKERS_START = RUNS_START + ROOM.dispatchers * RUN.end;
export const STATE_SIZE = WORKERS_START + ROOM.workers * WORKER.end;

/** Where an issue, an attempt (from 1), a run of dispatch or a worker begins. */
export const issueAt = (issue: number): number => AT.end + issue * ISSUE_SIZE;
export const attemptAt = (issue: number, attempt: number): number =>
  issueAt(issue) + MODEL_ISSUE.end + (attempt - 1) * ATTEMPT.end;
export const runAt = (run: number): number => RUNS_START + run * RUN.end;
export const workerAt = (worker: number): number => WORKERS_START + worker * WORKER.end;

export const read = (state: State, place: number): number => state[place] as number;

/** The state with some places changed. */
export function change(
  state: State,
  ...changes: readonly (readonly [place: number, value: number])[]
): State {
  const next = state.slice();
  put(next, 0, changes);
  return next;
}

/** An index is several times faster here than an iterator, and this runs for every step. */
function put(state: State, base: number, changes: PlaceChanges): void {
  for (let at = 0; at < changes.length; at += 1) {
    const [place, value] = changes[at] as PlaceChanges[number];
    state[base + place] = value;
  }
}

export type PlaceChanges = readonly (readonly [place: number, value: number])[];

/** The state in which an actor, whose places begin at `base`, is before another step, and knows more. */
export function move(state: State, base: number, step: number, places: PlaceChanges): State {
  const next = state.slice();
  next[base] = step;
  put(next, base, places);
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
