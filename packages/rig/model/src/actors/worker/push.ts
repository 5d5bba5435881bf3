import { attemptKey } from "@patchpilot/incident";
import {
  BASE,
  type Branch,
  type Commit,
  findTip,
  MODEL_REPOSITORY,
  numberOfIssue,
  oid,
} from "../../github/facts.ts";
import { WORKER } from "../../github/places.ts";
import { read, workerAt } from "../../github/state.ts";
import { writeRef } from "../scene.ts";
import { endWorker, SETUP } from "./end.ts";
import { WORK } from "./steps.ts";
import { branchPlace, goWorker, ownOrder, ownShown, sayWorker, type WorkerTurn, workerReg } from "./turn.ts";

/** The commit that this worker makes: the base with its patch. Another start of the run makes the same tree. */
function makeCommit(turn: WorkerTurn, branch: Branch | undefined): Commit {
  const { issue, attempt, continues } = ownOrder(turn);
  const isUnexpected = turn.scene.config.without === "head-expected";
  const parent = isUnexpected ? (findTip(branch)?.id ?? BASE) : (continues?.head ?? BASE);
  const key = attemptKey(MODEL_REPOSITORY, numberOfIssue(issue), attempt);
  const name = [issue, attempt, parent, turn.worker, ownShown(turn).attempt];
  return { id: oid("commit", ...name), tree: oid("tree", issue, attempt, parent), parent, key };
}

export function push(turn: WorkerTurn): void {
  const { scene, state, worker, emit } = turn;
  const { continues } = ownOrder(turn);
  const place = branchPlace(turn);
  const was = scene.facts.branches.find(read(state, place));
  const commit = makeCommit(turn, was);
  const isForced = scene.config.without === "branch-fast-forward";
  const fits =
    (findTip(was)?.id ?? (continues === undefined ? BASE : "")) === commit.parent &&
    (continues !== undefined || was === undefined);
  const { ci: _, ...kept } = was ?? { commits: [] };
  const to = scene.facts.branches.number({
    ...kept,
    commits: isForced && !fits ? [commit] : [...kept.commits, commit],
  });
  const event = { kind: "committed", worker, onto: findTip(was)?.id ?? BASE, parent: commit.parent } as const;
  const write = {
    place,
    from: fits ? read(state, place) : -1,
    to,
    what: sayWorker(turn, "pushes its commit"),
    event,
    isForced,
  };
  writeRef(scene, state, emit, write, (next, reply) => {
    const base = workerAt(worker);
    if (reply !== "done") {
      next[base] = WORK.tip;
      next[base + WORKER.tries] = reply === "unknown" ? 1 : 0;
      return;
    }
    next[base + WORKER.head] = scene.facts.heads.number(commit.id);
    next[base] = continues === undefined ? WORK.open : WORK.headRead;
    next[base + WORKER.tries] = 0;
  });
}

/** A branch that holds this very change and nothing else on top of the base is this run's, too. */
export function readTip(turn: WorkerTurn): void {
  const { scene, state } = turn;
  const { continues } = ownOrder(turn);
  const place = branchPlace(turn);
  const branch = scene.facts.branches.find(read(state, place));
  const tip = findTip(branch);
  const own = makeCommit(turn, branch);
  const isUnmoved = workerReg(turn, WORKER.tries) === 1 && continues !== undefined && tip?.id === own.parent;
  if (isUnmoved) turn.emit(goWorker(turn, WORK.push), sayWorker(turn, "finds its branch where it was"));
  else if (tip?.tree === own.tree && tip.parent === own.parent) {
    const next = continues === undefined ? WORK.find : WORK.headRead;
    turn.emit(
      goWorker(turn, next, [WORKER.head, scene.facts.heads.number(tip.id)], [WORKER.tries, 0]),
      sayWorker(turn, "finds its commit"),
    );
  } else endWorker(turn, "finds others' commits on its branch", "failure", SETUP);
}
