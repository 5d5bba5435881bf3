import { ATTEMPT, MODEL_ISSUE, ROOM, RUN } from "../../github/places.ts";
import { attemptAt, change, issueAt, read, runAt, type State } from "../../github/state.ts";
import type { ModelScene } from "../scene.ts";
import { type DispatchTurn, finishRun, known, STEP } from "./turn.ts";

/** Nothing is left but the records; a run that changes none of them is over. */
export function toWrite(scene: ModelScene, state: State, run: number, claimed = 0): State {
  const base = runAt(run);
  const next = change(
    state,
    [base, STEP.write],
    [base + RUN.claim, claimed],
    [base + RUN.sent, 0],
    [base + RUN.tries, 0],
    [base + RUN.sawGate, 0],
  );
  if (applyNotes(scene, next, run).every((value, place) => value === read(next, place))) finishRun(next, run);
  return next;
}

/** Records that moved on since they were read are left alone. */
function applyNotes(scene: ModelScene, state: State, run: number): State {
  const { view, closed, book } = known(state, run);
  const seen = scene.facts.views.get(view);
  const notes = scene.dispatch.notes(view, run, closed, book, read(state, runAt(run) + RUN.claim));
  const next = state.slice();
  const put = (place: number, was: number, now: number) => {
    if (read(state, place) === was) next[place] = now;
  };
  for (const [attempt, record] of notes.records)
    if (attempt <= ROOM.attempts)
      put(attemptAt(seen.issue, attempt) + ATTEMPT.record, seen.records[attempt - 1] ?? 0, record);
  if (notes.said > 0) put(issueAt(seen.issue) + MODEL_ISSUE.said, seen.said, notes.said);
  return next;
}

export function stepWrite({ scene, state, run, emit }: DispatchTurn): void {
  const next = applyNotes(scene, state, run);
  finishRun(next, run);
  emit(next, `dispatch ${run} writes the records`);
}
