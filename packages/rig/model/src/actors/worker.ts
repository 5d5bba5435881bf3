import { attemptKey } from "@patchpilot/incident";
import type { WorkEnd } from "../decide/config.ts";
import { HELD_BACK, type Run, type Way } from "../decide/worker-judge.ts";
import {
  BASE,
  type Branch,
  type Commit,
  findTip,
  type ListedRun,
  MODEL_REPOSITORY,
  numberOfIssue,
  numberOfPull,
  type Order,
  oid,
  type WorkerLeft,
} from "../github/facts.ts";
import { AT, ATTEMPT, MODEL_ISSUE, WORKER } from "../github/places.ts";
import {
  attemptAt,
  change,
  issueAt,
  move,
  type PlaceChanges,
  read,
  type State,
  workerAt,
} from "../github/state.ts";
import { type ModelScene, readPlaces, type SceneTurn, showChange, type TakeNext, writeRef } from "./scene.ts";
import { WORK } from "./worker-steps.ts";

type Turn = SceneTurn & { readonly worker: number };

const reg = ({ state, worker }: Pick<Turn, "state" | "worker">, place: number): number =>
  read(state, workerAt(worker) + place);
const ownOrder = ({ scene, state, worker }: Pick<Turn, "scene" | "state" | "worker">): Order =>
  scene.facts.orders.get(read(state, workerAt(worker) + WORKER.order));
const ownShown = (turn: Turn): ListedRun => turn.scene.facts.shown.get(reg(turn, WORKER.shown));
const ownRun = (turn: Turn): Run => ({ worker: turn.worker, attempt: ownShown(turn).attempt });

/** All that a worker's run can do next. */
export function stepWorker(scene: ModelScene, state: State, worker: number, emit: TakeNext): void {
  const turn = { scene, state, worker, emit };
  HANDLERS[reg(turn, WORKER.step)]?.(turn);
}

/** A runner that is taken away asks for nothing more; GitHub shows that only later. */
export function crashWorker(state: State, worker: number): State | undefined {
  const base = workerAt(worker);
  const step = read(state, base);
  if (step < WORK.issue || step >= WORK.ended) return undefined;
  const next = state.slice();
  forget(next, worker);
  next[base] = WORK.dead;
  return next;
}

function forget(state: State, worker: number): void {
  for (const place of [WORKER.gate, WORKER.tries, WORKER.head, WORKER.read])
    state[workerAt(worker) + place] = 0;
}

const HANDLERS: Readonly<Record<number, (turn: Turn) => void>> = {
  [WORK.event]: comeUp,
  [WORK.issue]: readIssue,
  [WORK.gate]: readGate,
  [WORK.head]: readHead,
  [WORK.pass]: (turn) => writeGate(turn, "working"),
  [WORK.passRead]: (turn) => rereadGate(turn, "working"),
  [WORK.agent]: work,
  [WORK.publishGate]: readPublishGate,
  [WORK.publishPull]: readPublishPull,
  [WORK.move]: (turn) => writeGate(turn, "publishing"),
  [WORK.moveRead]: (turn) => rereadGate(turn, "publishing"),
  [WORK.push]: push,
  [WORK.tip]: readTip,
  [WORK.open]: openPull,
  [WORK.find]: findPull,
  [WORK.headRead]: readForHead,
  [WORK.headWrite]: writeHead,
  [WORK.plan]: writePlan,
  [WORK.dead]: noticeDeath,
  [WORK.ended]: runAgain,
};

const go = (turn: Turn, step: number, ...places: PlaceChanges): State =>
  move(turn.state, workerAt(turn.worker), step, places);

/** The run is over, and the list says so. */
function ended(
  turn: Turn,
  from: State,
  conclusion: "success" | "failure" | "cancelled",
  left: WorkerLeft = {},
): State {
  const next = from.slice();
  forget(next, turn.worker);
  const base = workerAt(turn.worker);
  const shown = { ...ownShown(turn), ended: true, conclusion, updated: read(from, AT.clock) };
  next[base] = WORK.ended;
  next[base + WORKER.shown] = turn.scene.facts.shown.number(shown);
  next[base + WORKER.left] = Object.keys(left).length === 0 ? 0 : turn.scene.facts.left.number(left);
  return next;
}

const say = ({ worker }: Turn, what: string): string => `worker ${worker} ${what}`;

/** Ends the run in one step, which a replica may show late. */
function end(
  turn: Turn,
  what: string,
  conclusion: "success" | "failure" | "cancelled",
  left?: WorkerLeft,
): void {
  const place = workerAt(turn.worker) + WORKER.shown;
  showChange(
    turn.scene,
    turn.state,
    turn.emit,
    { place, what: say(turn, what) },
    ended(turn, turn.state, conclusion, left),
  );
}

const SETUP: WorkerLeft = { cause: "setup" };

/** What a job does whose decision is known: continues, ends green, or ends red. */
function follow(turn: Turn, way: Way, what: string, on: () => State): void {
  if (way === "go-on") turn.emit(on(), say(turn, what));
  else
    end(
      turn,
      `${what}: ${way}`,
      way === "refuse" ? "failure" : "success",
      way === "refuse" ? SETUP : undefined,
    );
}

// --- claim ---

function comeUp(turn: Turn): void {
  const { scene, state, worker, emit } = turn;
  const now = read(state, AT.clock);
  const shown = scene.facts.shown.number({
    attempt: 1,
    ended: false,
    conclusion: null,
    created: now,
    updated: now,
  });
  const place = workerAt(worker) + WORKER.shown;
  showChange(
    scene,
    state,
    emit,
    { place, what: say(turn, "comes up") },
    go(turn, WORK.issue, [WORKER.shown, shown]),
  );
}

/** The issue and whether the attempt is claimed; a claim that a replica does not show yet is asked for again. */
function readIssue(turn: Turn): void {
  const { scene, state } = turn;
  const { issue, attempt } = ownOrder(turn);
  const face = read(state, issueAt(issue) + MODEL_ISSUE.face);
  const isClaimed = read(state, attemptAt(issue, attempt) + ATTEMPT.claim) > 0;
  const shown = scene.config.without === "hold-heeded" ? openFace(scene) : face;
  const way = scene.worker.begin(reg(turn, WORKER.order), shown, isClaimed, 0, ownRun(turn));
  follow(turn, way, "reads the issue", () => go(turn, WORK.gate, [WORKER.read, face]));
}

const openFace = (scene: ModelScene): number => scene.facts.faces.number({ open: true, held: false });

function readGate(turn: Turn): void {
  const { scene, state } = turn;
  const { issue, attempt, continues } = ownOrder(turn);
  const place = attemptAt(issue, attempt) + ATTEMPT.gate;
  for (const gate of readPlaces(state, [place], (at) => at(place))) {
    const way = scene.worker.pass(gate, ownRun(turn), "working");
    const on = continues === undefined ? WORK.pass : WORK.head;
    follow(turn, way === "passed" ? "go-on" : way, "reads its gate", () => go(turn, on, [WORKER.gate, gate]));
  }
}

/** Where the attempt continues a pull request: its branch must be where it was reviewed. */
function readHead(turn: Turn): void {
  const { scene, state } = turn;
  const { continues } = ownOrder(turn);
  const place = branchPlace(turn);
  for (const branch of readPlaces(state, [place], (at) => at(place))) {
    const isThere = findTip(scene.facts.branches.find(branch))?.id === continues?.head;
    const way = isThere || scene.config.without === "head-expected" ? "go-on" : HELD_BACK;
    follow(turn, way, "reads the branch", () => go(turn, WORK.pass));
  }
}

/** The branch that the order names, by the attempt that made it. */
function branchPlace(turn: Turn): number {
  const { issue, attempt, continues } = ownOrder(turn);
  const made = continues === undefined ? attempt : Number(/-a(\d+)$/.exec(continues.branch)?.[1]);
  return attemptAt(issue, made) + ATTEMPT.branch;
}

// --- the gate, by `passGate` of the ledger ---

/** Writes of one passage. */
const TRIES = 3;
type Wanted = "working" | "publishing";

function gatePlace(turn: Turn): number {
  const { issue, attempt } = ownOrder(turn);
  return attemptAt(issue, attempt) + ATTEMPT.gate;
}

function writeGate(turn: Turn, wanted: Wanted): void {
  const { scene, state, worker, emit } = turn;
  const { without } = scene.config;
  const isForced = wanted === "working" ? without === "gate-created-once" : without === "closed-stays-closed";
  const what = say(turn, wanted === "working" ? "passes its gate" : "moves its gate to publishing");
  const write = {
    place: gatePlace(turn),
    from: reg(turn, WORKER.gate),
    to: scene.worker.want(wanted, ownRun(turn)),
    what,
    isForced,
  };
  const isKeyed = wanted === "working" && without === "key-without-run";
  if (isKeyed || (wanted === "publishing" && without === "gate-at-publish")) {
    emit(passed(turn, state, wanted), what);
    return;
  }
  writeRef(scene, state, emit, write, (next, reply) => {
    if (reply === "done") next.set(passed(turn, next, wanted));
    else {
      next[workerAt(worker)] = wanted === "working" ? WORK.passRead : WORK.moveRead;
      next[workerAt(worker) + WORKER.tries] = reg(turn, WORKER.tries) + 1;
    }
  });
}

function rereadGate(turn: Turn, wanted: Wanted): void {
  const { scene, state } = turn;
  const place = gatePlace(turn);
  for (const gate of readPlaces(state, [place], (at) => at(place))) {
    const way = scene.worker.pass(gate, ownRun(turn), wanted);
    const what = "reads its gate again";
    if (way === "passed") turn.emit(passed(turn, state, wanted), say(turn, what));
    else if (way === "go-on" && reg(turn, WORKER.tries) >= TRIES)
      end(turn, `${what}: replies were lost`, "failure", { cause: "infrastructure" });
    else
      follow(turn, way, what, () =>
        go(turn, wanted === "working" ? WORK.pass : WORK.move, [WORKER.gate, gate]),
      );
  }
}

function passed(turn: Turn, from: State, wanted: Wanted): State {
  const base = workerAt(turn.worker);
  const { plans } = ownOrder(turn);
  const next = wanted === "working" ? WORK.agent : plans ? WORK.plan : WORK.push;
  const { issue, attempt } = ownOrder(turn);
  const place = attemptAt(issue, attempt) + ATTEMPT.passed;
  const by = read(from, place) | (1 << turn.worker);
  return change(
    from,
    [base, next],
    [place, by],
    [base + WORKER.claimed, 1],
    [base + WORKER.gate, 0],
    [base + WORKER.tries, 0],
    [base + WORKER.read, 0],
  );
}

// --- work ---

/** The agent, whose end nobody can foresee. */
function work(turn: Turn): void {
  const { scene, emit } = turn;
  const ends: readonly WorkEnd[] = scene.isFair ? ["nothing"] : scene.config.work;
  for (const way of ends) {
    if (way === "patch" || way === "plan") {
      if ((way === "plan") === (ownOrder(turn).plans === true))
        emit(go(turn, WORK.publishGate), say(turn, `has a ${way}`));
    } else
      end(turn, `ends: ${way}`, way === "failed" || way === "interrupted" ? "failure" : "success", LEFT[way]);
  }
}

const LEFT: Readonly<Record<Exclude<WorkEnd, "patch" | "plan">, WorkerLeft>> = {
  asked: { ending: "asked" },
  nothing: {},
  failed: {},
  interrupted: { cause: "setup" },
};

// --- propose ---

function readPublishGate(turn: Turn): void {
  const place = gatePlace(turn);
  for (const gate of readPlaces(turn.state, [place], (at) => at(place)))
    turn.emit(go(turn, WORK.publishPull, [WORKER.gate, gate]), say(turn, "reads its gate before publishing"));
}

function readPublishPull(turn: Turn): void {
  const { scene, state } = turn;
  const place = branchPlace(turn);
  const face =
    scene.config.without === "close-heeded"
      ? openFace(scene)
      : read(state, issueAt(ownOrder(turn).issue) + MODEL_ISSUE.face);
  for (const branch of readPlaces(state, [place], (at) => at(place))) {
    const unfenced = scene.config.without === "gate-at-publish";
    const gate = unfenced ? scene.worker.want("working", ownRun(turn)) : reg(turn, WORKER.gate);
    const way = scene.worker.publish(reg(turn, WORKER.order), face, branch, gate, ownRun(turn));
    follow(turn, way, "reads pull request and issue", () =>
      go(
        turn,
        WORK.move,
        [WORKER.gate, gate],
        [WORKER.tries, 0],
        [WORKER.read, read(state, issueAt(ownOrder(turn).issue) + MODEL_ISSUE.face)],
      ),
    );
  }
}

/** The commit that this worker makes: the base with its patch. Another start of the run makes the same tree. */
function makeCommit(turn: Turn, branch: Branch | undefined): Commit {
  const { issue, attempt, continues } = ownOrder(turn);
  const isUnexpected = turn.scene.config.without === "head-expected";
  const parent = isUnexpected ? (findTip(branch)?.id ?? BASE) : (continues?.head ?? BASE);
  const key = attemptKey(MODEL_REPOSITORY, numberOfIssue(issue), attempt);
  const name = [issue, attempt, parent, turn.worker, ownShown(turn).attempt];
  return { id: oid("commit", ...name), tree: oid("tree", issue, attempt, parent), parent, key };
}

function push(turn: Turn): void {
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
    what: say(turn, "pushes its commit"),
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
function readTip(turn: Turn): void {
  const { scene, state } = turn;
  const { continues } = ownOrder(turn);
  const place = branchPlace(turn);
  const branch = scene.facts.branches.find(read(state, place));
  const tip = findTip(branch);
  const own = makeCommit(turn, branch);
  const isUnmoved = reg(turn, WORKER.tries) === 1 && continues !== undefined && tip?.id === own.parent;
  if (isUnmoved) turn.emit(go(turn, WORK.push), say(turn, "finds its branch where it was"));
  else if (tip?.tree === own.tree && tip.parent === own.parent) {
    const next = continues === undefined ? WORK.find : WORK.headRead;
    turn.emit(
      go(turn, next, [WORKER.head, scene.facts.heads.number(tip.id)], [WORKER.tries, 0]),
      say(turn, "finds its commit"),
    );
  } else end(turn, "finds others' commits on its branch", "failure", SETUP);
}

function openPull(turn: Turn): void {
  const { scene, state, worker, emit } = turn;
  const { issue, attempt } = ownOrder(turn);
  const place = branchPlace(turn);
  const branch = scene.facts.branches.get(read(state, place));
  const pull = { number: numberOfPull(issue, attempt), state: "open", reviews: [] } as const;
  const to = scene.facts.branches.number({ ...branch, pull });
  const isFree = branch.pull?.state !== "open";
  const write = {
    place,
    from: isFree ? read(state, place) : -1,
    to,
    what: say(turn, "opens its pull request"),
  };
  writeRef(scene, state, emit, { ...write, event: { kind: "pull-opened", worker } }, (next, reply) => {
    next[workerAt(worker)] = reply === "done" ? WORK.headRead : WORK.find;
    if (reply !== "done") next[workerAt(worker) + WORKER.tries] = reg(turn, WORKER.tries) + 1;
  });
}

function findPull(turn: Turn): void {
  const { scene, state } = turn;
  const place = branchPlace(turn);
  for (const branch of readPlaces(state, [place], (at) => at(place))) {
    const isThere = scene.facts.branches.find(branch)?.pull !== undefined;
    if (isThere) turn.emit(go(turn, WORK.headRead, [WORKER.tries, 0]), say(turn, "finds its pull request"));
    else if (reg(turn, WORKER.tries) >= 2) end(turn, "finds no pull request, twice", "failure");
    else turn.emit(go(turn, WORK.open), say(turn, "finds no pull request"));
  }
}

function readForHead(turn: Turn): void {
  const { scene, state } = turn;
  const place = gatePlace(turn);
  const head = scene.facts.heads.get(reg(turn, WORKER.head));
  for (const gate of readPlaces(state, [place], (at) => at(place))) {
    const to = scene.worker.recordHead(gate, head, ownRun(turn));
    if (to === 0 || to === gate) end(turn, "has published", "success");
    else
      turn.emit(go(turn, WORK.headWrite, [WORKER.gate, gate]), say(turn, "reads its gate after publishing"));
  }
}

function writeHead(turn: Turn): void {
  const { scene, state, worker, emit } = turn;
  const head = scene.facts.heads.get(reg(turn, WORKER.head));
  const from = reg(turn, WORKER.gate);
  const write = {
    place: gatePlace(turn),
    from,
    to: scene.worker.recordHead(from, head, ownRun(turn)),
    what: say(turn, "records its commit"),
  };
  writeRef(scene, state, emit, write, (next, reply) => {
    const base = workerAt(worker);
    const tries = reg(turn, WORKER.tries) + 1;
    if (reply === "done" || tries >= 2) next.set(ended(turn, next, "success"));
    else {
      next[base] = WORK.headRead;
      next[base + WORKER.tries] = tries;
    }
  });
}

/** A plan is one comment; another start of the run rewrites it. */
function writePlan(turn: Turn): void {
  const { scene, state, emit } = turn;
  const { issue, attempt } = ownOrder(turn);
  const text = `Plan of attempt ${attempt}, start ${ownShown(turn).attempt}`;
  const plan = scene.facts.plans.number({
    text,
    sha256: scene.dispatch.hashPlan(text),
    at: read(state, AT.clock),
  });
  const place = attemptAt(issue, attempt) + ATTEMPT.plan;
  const next = change(state, [place, plan]);
  emit(ended(turn, next, "success"), say(turn, "posts its plan"));
}

// --- GitHub ---

function noticeDeath(turn: Turn): void {
  end(turn, "is ended by GitHub: its runner is gone", "cancelled");
}

/** Somebody presses "Re-run all jobs", or "Re-run failed jobs", which keeps what `claim` put out. */
function runAgain(turn: Turn): void {
  const { scene, state, worker, emit } = turn;
  const shown = ownShown(turn);
  if (scene.isFair || shown.attempt >= scene.config.starts) return;
  const again = {
    ...shown,
    attempt: shown.attempt + 1,
    ended: false,
    conclusion: null,
    updated: read(state, AT.clock),
  };
  const place = workerAt(worker) + WORKER.shown;
  const places = [
    [WORKER.shown, scene.facts.shown.number(again)],
    [WORKER.left, 0],
  ] as const;
  showChange(
    scene,
    state,
    emit,
    { place, what: say(turn, "is run again") },
    go(turn, WORK.issue, [WORKER.claimed, 0], ...places),
  );
  if (reg(turn, WORKER.claimed) === 1)
    showChange(
      scene,
      state,
      emit,
      { place, what: say(turn, "has its failed jobs run again") },
      go(turn, WORK.publishGate, ...places),
    );
}
