import type { ReadView } from "../../github/facts.ts";
import { AT, ATTEMPT, MODEL_ISSUE, ROOM, RUN } from "../../github/places.ts";
import { attemptAt, issueAt, read, type State } from "../../github/state.ts";
import { type ModelScene, readPlaces } from "../scene.ts";
import { afterReading } from "./settle.ts";
import { type DispatchTurn, goRun, STEP } from "./turn.ts";

export function begin(turn: DispatchTurn): void {
  const { scene, state, run, emit } = turn;
  const { config } = scene;
  for (let issue = 0; issue < config.issues; issue += 1) {
    const places = listIssuePlaces(issue);
    const views = readPlaces(state, places, (at) => readIssue(at, issue, read(state, AT.clock)));
    for (const view of views) {
      const next = goRun(
        turn,
        STEP.runs,
        [RUN.issue, issue],
        [RUN.view, scene.facts.views.number(view)],
        [RUN.book, read(state, AT.book)],
      );
      const isUnclaimed = view.claims.length === 0;
      emit(
        isUnclaimed ? afterReading(scene, next, run) : next,
        `dispatch ${run} reads issue ${issue} with its claims`,
      );
    }
  }
}

/** An issue and its claims as they are now, as the number of what a run has read of them. */
export const viewIssue = ({ facts }: ModelScene, state: State, issue: number): number =>
  facts.views.number(readIssue((place) => read(state, place), issue, read(state, AT.clock)));

const listIssuePlaces = (issue: number): number[] => [
  ...[MODEL_ISSUE.face, MODEL_ISSUE.said, MODEL_ISSUE.verdict].map((place) => issueAt(issue) + place),
  ...Array.from({ length: ROOM.attempts }, (_, index) => attemptAt(issue, index + 1)).flatMap((base) => [
    base + ATTEMPT.record,
    base + ATTEMPT.plan,
    base + ATTEMPT.claim,
  ]),
];

function readIssue(at: (place: number) => number, issue: number, now: number): ReadView {
  const list = (place: number) =>
    Array.from({ length: ROOM.attempts }, (_, index) => at(attemptAt(issue, index + 1) + place));
  const claims = list(ATTEMPT.claim);
  const gap = claims.indexOf(0);
  const base = issueAt(issue);
  return {
    ...{
      issue,
      now,
      face: at(base + MODEL_ISSUE.face),
      said: at(base + MODEL_ISSUE.said),
      verdict: at(base + MODEL_ISSUE.verdict),
    },
    ...{ records: list(ATTEMPT.record), plans: list(ATTEMPT.plan) },
    claims: gap === -1 ? claims : claims.slice(0, gap),
    ...{ runs: [], gate: 0, branch: 0, left: 0 },
  };
}
