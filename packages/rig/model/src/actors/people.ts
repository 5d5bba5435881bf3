import { recoveryRecord } from "@patchpilot/incident/testing";
import type { PersonDeed } from "../decide/config.ts";
import { BASE, type Branch, type Face, findTip, instantOfTick, oid } from "../github/facts.ts";
import { AT, ATTEMPT, MODEL_ISSUE } from "../github/places.ts";
import { attemptAt, change, countClaims, issueAt, read, type State } from "../github/state.ts";
import { type ModelScene, type SceneTurn, showChange, type TakeNext } from "./scene.ts";

/** Whatever people, CI and production may do now. */
export function stepPeople(scene: ModelScene, state: State, emit: TakeNext): void {
  const { config } = scene;
  if (scene.isFair || read(state, AT.deeds) >= config.deeds) return;
  const turn = { scene, state, emit };
  for (let issue = 0; issue < config.issues; issue += 1) {
    for (const deed of config.may) onIssue(turn, issue, deed);
    for (let attempt = 1; attempt <= config.attempts; attempt += 1)
      for (const deed of config.may) onBranch(turn, issue, attempt, deed);
  }
}

const countDeed = (state: State): number => read(state, AT.deeds) + 1;

function put(
  { scene, state, emit }: SceneTurn,
  place: number,
  to: number,
  what: string,
  ...more: readonly (readonly [number, number])[]
): void {
  const next = change(state, [AT.deeds, countDeed(state)], [place, to], ...more);
  showChange(scene, state, emit, { place, what }, next);
}

// --- the issue ---

function onIssue(turn: SceneTurn, issue: number, deed: PersonDeed): void {
  const { scene, state } = turn;
  const place = issueAt(issue) + MODEL_ISSUE.face;
  const face = scene.facts.faces.get(read(state, place));
  if (deed === "disproved") {
    disprove(turn, issue);
    return;
  }
  const changed = changeFace(face, deed, { event: countDeed(state), at: read(state, AT.clock) });
  if (changed === undefined) return;
  const approved =
    deed === "go-ahead" ? [[issueAt(issue) + MODEL_ISSUE.approved, findApproved(turn, issue)] as const] : [];
  put(turn, place, scene.facts.faces.number(changed), `somebody: ${deed} of issue ${issue}`, ...approved);
}

function changeFace(
  face: Face,
  deed: PersonDeed,
  event: { readonly event: number; readonly at: number },
): Face | undefined {
  if (deed === "hold") return face.held ? undefined : { ...face, held: true };
  if (deed === "unhold") return face.held ? { ...face, held: false } : undefined;
  if (deed === "close-issue") return face.open ? { ...face, open: false } : undefined;
  if (deed === "reopen") return face.open ? undefined : { ...face, open: true };
  if (deed === "retry") return { ...face, retry: { ...event, mayWrite: true } };
  if (deed === "answer") return { ...face, answer: event };
  if (deed === "go-ahead") return { ...face, goAhead: { ...event, mayWrite: true } };
  return deed === "stranger-go-ahead" ? { ...face, goAhead: { ...event, mayWrite: false } } : undefined;
}

/** The plan that who approves now can have read; the one approved before if it is only being written. */
function findApproved({ scene, state }: SceneTurn, issue: number): number {
  const before = read(state, issueAt(issue) + MODEL_ISSUE.approved);
  const plan = read(state, attemptAt(issue, Math.max(1, countClaims(state, issue))) + ATTEMPT.plan);
  return plan > 0 && scene.facts.plans.get(plan).at < read(state, AT.clock) ? plan : before;
}

/** Production shows that the merge of the newest attempt did not help. */
function disprove(turn: SceneTurn, issue: number): void {
  const { scene, state } = turn;
  const attempt = countClaims(state, issue);
  const branch =
    attempt === 0
      ? undefined
      : scene.facts.branches.find(read(state, attemptAt(issue, attempt) + ATTEMPT.branch));
  const place = issueAt(issue) + MODEL_ISSUE.verdict;
  if (branch?.pull?.state !== "merged") return;
  const at = instantOfTick(read(state, AT.clock));
  const mergeCommit = oid("merge", findTip(branch)?.id ?? "");
  const verdict = scene.facts.verdicts.find(read(state, place));
  if (verdict?.mergeCommit === mergeCommit) return;
  const record = recoveryRecord({
    phase: "requeued",
    phaseAt: at,
    decidedAt: at,
    decision: "retry",
    verdict: "failing",
    attempt,
    mergeCommit,
  });
  put(
    turn,
    place,
    scene.facts.verdicts.number(record),
    `production: attempt ${attempt} of issue ${issue} did not help`,
  );
}

// --- the pull request ---

function onBranch(turn: SceneTurn, issue: number, attempt: number, deed: PersonDeed): void {
  const { scene, state } = turn;
  const place = attemptAt(issue, attempt) + ATTEMPT.branch;
  const branch = scene.facts.branches.find(read(state, place));
  if (branch?.pull?.state !== "open") return;
  const changed = changeBranch(branch, deed, countDeed(state));
  if (changed !== undefined)
    put(
      turn,
      place,
      scene.facts.branches.number(changed),
      `${deed} on the pull request of attempt ${attempt}`,
    );
}

function changeBranch(branch: Branch, deed: PersonDeed, event: number): Branch | undefined {
  const { pull, ci, commits } = branch;
  if (pull === undefined) return undefined;
  if (deed === "merge") return { ...branch, pull: { ...pull, state: "merged" } };
  if (deed === "close-pull") return { ...branch, pull: { ...pull, state: "closed" } };
  if (deed === "review") return { ...branch, pull: { ...pull, reviews: [...pull.reviews, `R${event}`] } };
  if (deed === "withdraw-review")
    return pull.reviews.length === 0
      ? undefined
      : { ...branch, pull: { ...pull, reviews: pull.reviews.slice(0, -1) } };
  if (deed === "red" || deed === "red-twice" || deed === "green") {
    if (ci !== undefined && ci.state !== "pending") return undefined;
    if (deed === "red-twice") return { ...branch, ci: { starts: 2, state: "red" } };
    return { ...branch, ci: { starts: ci?.starts ?? 1, state: deed } };
  }
  if (deed !== "commit") return undefined;
  const parent = findTip(branch)?.id ?? BASE;
  return {
    commits: [...commits, { id: oid("person", parent, event), tree: oid("by hand", event), parent, key: "" }],
    pull,
  };
}
