import { CLOSED, SENT } from "../decide/dispatch-judge.ts";
import { findBranchAttempt, toClaims } from "../decide/to-facts.ts";
import { type ReadView, toTick, workerOfRunId } from "../github/facts.ts";
import { AT, ATTEMPT, MODEL_ISSUE, ROOM, RUN, WORKER } from "../github/places.ts";
import {
  attemptAt,
  change,
  clear,
  issueAt,
  move,
  type PlaceChanges,
  read,
  runAt,
  type State,
  workerAt,
} from "../github/state.ts";
import {
  countFault,
  type ModelScene,
  mayFail,
  readPlaces,
  type SceneTurn,
  type TakeNext,
  type WriteReply,
  writeRef,
} from "./scene.ts";
import { FIRST_REQUEST } from "./worker-steps.ts";

/** Before which request a run of dispatch is. */
export const STEP = {
  ...{ idle: 0, runs: 1, gate: 2, branch: 3, rerun: 4, close: 5, settle: 6, settleRead: 7, reserve: 8 },
  ...{
    reserveRead: 9,
    claim: 10,
    lookRuns: 11,
    lookGate: 12,
    clock: 13,
    send: 14,
    confirm: 15,
    write: 16,
    ended: 17,
  },
} as const;

type Turn = SceneTurn & { readonly run: number };

const reg = ({ state, run }: Pick<Turn, "state" | "run">, place: number): number =>
  read(state, runAt(run) + place);
const ownIssue = (turn: Turn): number => reg(turn, RUN.issue);

/** All that a run of dispatch can do next. */
export function stepDispatch(scene: ModelScene, state: State, run: number, emit: TakeNext): void {
  const turn = { scene, state, run, emit };
  const step = reg(turn, RUN.step);
  if (step === STEP.idle) begin(turn);
  else if (step !== STEP.ended) HANDLERS[step]?.(turn);
}

/** The one way in which a process dies; between two requests nothing of it is seen. */
export function crashDispatch(state: State, run: number): State | undefined {
  const step = read(state, runAt(run));
  if (step === STEP.idle || step === STEP.ended) return undefined;
  const next = state.slice();
  end(next, run);
  return next;
}

function end(state: State, run: number): void {
  state[runAt(run)] = STEP.ended;
  clear(state, runAt(run), RUN.end);
}

const go = (turn: Turn, step: number, ...places: PlaceChanges): State =>
  move(turn.state, runAt(turn.run), step, places);

const HANDLERS: Readonly<Record<number, (turn: Turn) => void>> = {
  [STEP.runs]: readRuns,
  [STEP.gate]: readGate,
  [STEP.branch]: readBranch,
  [STEP.rerun]: rerunJobs,
  [STEP.close]: closeGate,
  [STEP.settle]: settleSpend,
  [STEP.settleRead]: (turn) => rereadBook(turn, afterClosing),
  [STEP.reserve]: reserve,
  [STEP.reserveRead]: (turn) => rereadBook(turn, toReserve),
  [STEP.claim]: claim,
  [STEP.lookRuns]: lookRuns,
  [STEP.lookGate]: lookGate,
  [STEP.clock]: askClock,
  [STEP.send]: send,
  [STEP.confirm]: confirm,
  [STEP.write]: writeDown,
};

// --- read ---

function begin(turn: Turn): void {
  const { scene, state, run, emit } = turn;
  const { config } = scene;
  for (let issue = 0; issue < config.issues; issue += 1) {
    const places = listIssuePlaces(issue);
    const views = readPlaces(state, places, (at) => readIssue(at, issue, read(state, AT.clock)));
    for (const view of views) {
      const next = go(
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

/** An issue and its claims as they are now, as the number of what a run has read of them. */
export const viewIssue = ({ facts }: ModelScene, state: State, issue: number): number =>
  facts.views.number(readIssue((place) => read(state, place), issue, read(state, AT.clock)));

const ownView = (turn: Turn): ReadView => turn.scene.facts.views.get(reg(turn, RUN.view));

const ownAttempt = (turn: Turn): number => ownView(turn).claims.length;

/** The state with more in what the run knows. */
function learn(turn: Turn, step: number, news: Partial<ReadView>): State {
  return go(turn, step, [RUN.view, turn.scene.facts.views.number({ ...ownView(turn), ...news })]);
}

/** Workers' runs with the key of an attempt, as the list shows them. */
function listRuns(turn: Turn, attempt: number): ReadView["runs"][] {
  const { scene, state } = turn;
  const own = Array.from({ length: ROOM.workers }, (_, worker) => worker).filter((worker) => {
    const order = scene.facts.orders.find(read(state, workerAt(worker) + WORKER.order));
    return order?.issue === ownIssue(turn) && order.attempt === attempt;
  });
  return readPlaces(
    state,
    own.map((worker) => workerAt(worker) + WORKER.shown),
    (at) =>
      own
        .map((worker) => [worker, at(workerAt(worker) + WORKER.shown)] as const)
        .filter(([, shown]) => shown > 0),
  );
}

function readRuns(turn: Turn): void {
  for (const runs of listRuns(turn, ownAttempt(turn)))
    turn.emit(learn(turn, STEP.gate, { runs }), `dispatch ${turn.run} reads the run list`);
}

function readGate(turn: Turn): void {
  const { state, run, emit } = turn;
  const place = attemptAt(ownIssue(turn), ownAttempt(turn)) + ATTEMPT.gate;
  for (const gate of readPlaces(state, [place], (at) => at(place)))
    emit(learn(turn, STEP.branch, { gate }), `dispatch ${run} reads the gate of attempt ${ownAttempt(turn)}`);
}

function readBranch(turn: Turn): void {
  const { scene, state, run, emit } = turn;
  const view = ownView(turn);
  const attempt = findBranchAttempt(toClaims(scene.facts, view.issue, view.claims));
  const place = attemptAt(view.issue, attempt) + ATTEMPT.branch;
  const what = `dispatch ${run} reads the pull request of attempt ${attempt}`;
  for (const branch of readPlaces(state, [place], (at) => at(place)))
    for (const next of readLeft(turn, { branch })) emit(afterReading(scene, next, run), what);
}

/** What the run of an attempt left that ends without a pull request. */
function readLeft(turn: Turn, news: Partial<ReadView>): State[] {
  const { scene } = turn;
  const view = { ...ownView(turn), ...news };
  const number = scene.facts.views.number(view);
  const { kind, outcome } = scene.dispatch.settle(number);
  const record = scene.facts.records.find(view.records[view.claims.length - 1] ?? 0);
  const isAsked =
    (kind === "close" || kind === "settled") && (outcome === "failed" || outcome === "no-change");
  const worker = isAsked && record?.outcome === undefined ? findEndedWorker(turn, view) : undefined;
  if (worker === undefined) return [learn(turn, STEP.branch, news)];
  const left = read(turn.state, workerAt(worker) + WORKER.left);
  const unread = mayFail(scene, turn.state)
    ? [countFault(learn(turn, STEP.branch, { ...news, left: 1 }))]
    : [];
  return [learn(turn, STEP.branch, { ...news, left: left === 0 ? 0 : left + 1 }), ...unread];
}

function findEndedWorker({ scene }: Turn, view: ReadView): number | undefined {
  const run = scene.facts.gates.find(view.gate)?.run;
  return typeof run === "string" ? workerOfRunId(run) : view.runs.at(-1)?.[0];
}

/** Everything is read: what follows needs no request until the next write. */
function afterReading(scene: ModelScene, state: State, run: number): State {
  const view = read(state, runAt(run) + RUN.view);
  if (scene.dispatch.isRerunDue(view)) return change(state, [runAt(run), STEP.rerun]);
  if (scene.dispatch.settle(view).kind === "close") return change(state, [runAt(run), STEP.close]);
  return afterClosing(scene, state, run);
}

// --- settle ---

function rerunJobs(turn: Turn): void {
  const { scene, state, run, emit } = turn;
  const view = ownView(turn);
  const place =
    attemptAt(view.issue, findBranchAttempt(toClaims(scene.facts, view.issue, view.claims))) + ATTEMPT.branch;
  const branch = scene.facts.branches.get(read(state, place));
  const isStill = branch.ci?.state === "red" && branch.ci.starts === 1;
  const to = isStill
    ? scene.facts.branches.number({ ...branch, ci: { starts: 2, state: "pending" } })
    : read(state, place);
  writeRef(
    scene,
    state,
    emit,
    { place, from: read(state, place), to, what: `dispatch ${run} has failed jobs run again` },
    (next) => {
      next[runAt(run) + RUN.view] = scene.facts.views.number({ ...view, reran: true });
      next.set(afterReading(scene, next, run));
    },
  );
}

const CLOSED_BY = { done: CLOSED.done, refused: CLOSED.moved, unknown: CLOSED.unknown } as const;

function closeGate(turn: Turn): void {
  const { scene, state, run, emit } = turn;
  const { without } = scene.config;
  const view = ownView(turn);
  const { gate: to, outcome } = scene.dispatch.settle(reg(turn, RUN.view));
  const place = attemptAt(view.issue, ownAttempt(turn)) + ATTEMPT.gate;
  const what = `dispatch ${run} closes the gate of attempt ${ownAttempt(turn)} as ${outcome}`;
  const then = (next: State, reply: WriteReply) => {
    next[runAt(run) + RUN.closed] = CLOSED_BY[reply];
    next.set(afterClosing(scene, next, run));
  };
  if (without === "outcome-without-closing") {
    const next = state.slice();
    then(next, "done");
    emit(next, `${what}: pretended`);
    return;
  }
  writeRef(
    scene,
    state,
    emit,
    { place, from: view.gate, to, what, isForced: without === "gate-fast-forward" },
    then,
  );
}

/** What an attempt has spent is known, or the next one is chosen. */
function afterClosing(scene: ModelScene, state: State, run: number): State {
  const { view, closed, book } = known(state, run);
  if (scene.config.caps !== undefined && read(state, runAt(run) + RUN.tries) < TRIES) {
    const to = scene.dispatch.settleMoney(view, run, closed, book);
    if (to !== book) return change(state, [runAt(run), STEP.settle]);
  }
  return decide(scene, change(state, [runAt(run) + RUN.tries, 0]), run);
}

/** Writes of one change of the sum. */
const TRIES = 3;

const known = (state: State, run: number) => ({
  view: read(state, runAt(run) + RUN.view),
  closed: read(state, runAt(run) + RUN.closed),
  book: read(state, runAt(run) + RUN.book),
});

function settleSpend(turn: Turn): void {
  const { scene, state, run } = turn;
  const { view, closed, book } = known(state, run);
  const to = scene.dispatch.settleMoney(view, run, closed, book);
  writeBook(
    turn,
    to,
    `dispatch ${run} writes down what attempt ${ownAttempt(turn)} spent`,
    STEP.settleRead,
    afterClosing,
  );
}

/** As `changeSpendBook` of the ledger writes it: from what was read, and again from what it says then. */
function writeBook(
  turn: Turn,
  to: number,
  what: string,
  again: number,
  then: (scene: ModelScene, next: State, run: number) => State,
): void {
  const { scene, state, run, emit } = turn;
  const isForced = scene.config.without === "book-fast-forward";
  writeRef(
    scene,
    state,
    emit,
    { place: AT.book, from: reg(turn, RUN.book), to, what, isForced },
    (next, reply) => {
      const base = runAt(run);
      if (reply === "done") {
        next[base + RUN.book] = to;
        next.set(then(scene, next, run));
        return;
      }
      next[base] = again;
      next[base + RUN.tries] = reg(turn, RUN.tries) + 1;
    },
  );
}

function rereadBook(turn: Turn, then: (scene: ModelScene, next: State, run: number) => State): void {
  const { scene, state, run, emit } = turn;
  for (const book of readPlaces(state, [AT.book], (at) => at(AT.book)))
    emit(then(scene, go(turn, STEP.settle, [RUN.book, book]), run), `dispatch ${run} reads the sum again`);
}

// --- open ---

function decide(scene: ModelScene, state: State, run: number): State {
  const { view, closed, book } = known(state, run);
  const choice = scene.dispatch.choose(view, run, closed, book);
  if (choice.kind === "skip") return toWrite(scene, state, run);
  if (choice.attempt > scene.config.attempts) {
    const next = state.slice();
    end(next, run);
    return next;
  }
  const isCounted = scene.config.caps !== undefined && scene.config.without !== "reserving";
  return isCounted ? toReserve(scene, state, run) : change(state, [runAt(run), STEP.claim]);
}

function toReserve(scene: ModelScene, state: State, run: number): State {
  const { view, closed, book } = known(state, run);
  const tries = read(state, runAt(run) + RUN.tries);
  const to = scene.dispatch.reserve(
    view,
    run,
    closed,
    book,
    tries > 0 && scene.config.without === "room-asked-again",
  );
  if (to === book) return change(state, [runAt(run), STEP.claim], [runAt(run) + RUN.tries, 0]);
  if (to === 0 || tries >= TRIES) return toWrite(scene, state, run);
  return change(state, [runAt(run), STEP.reserve]);
}

function reserve(turn: Turn): void {
  const { scene, state, run } = turn;
  const { view, closed, book } = known(state, run);
  const unasked = reg(turn, RUN.tries) > 0 && scene.config.without === "room-asked-again";
  const to = scene.dispatch.reserve(view, run, closed, book, unasked);
  writeBook(turn, to, `dispatch ${run} reserves`, STEP.reserveRead, (_, next) =>
    change(next, [runAt(run), STEP.claim], [runAt(run) + RUN.tries, 0]),
  );
}

function planned(turn: Turn) {
  const { view, closed, book } = known(turn.state, turn.run);
  return turn.scene.dispatch.claim(view, turn.run, closed, book);
}

function isRepeat(turn: Turn): boolean {
  const { view, closed, book } = known(turn.state, turn.run);
  return turn.scene.dispatch.choose(view, turn.run, closed, book).kind === "repeat";
}

function claim(turn: Turn): void {
  const { scene, state, run, emit } = turn;
  const { attempt, from, claim: to } = planned(turn);
  const { without } = scene.config;
  const isForced = from === 0 ? without === "claim-created-once" : without === "claim-fast-forward";
  const write = { place: attemptAt(ownIssue(turn), attempt) + ATTEMPT.claim, from, to, isForced };
  const gate = attemptAt(ownIssue(turn), attempt) + ATTEMPT.gate;
  const what = `dispatch ${run} ${from === 0 ? "claims" : "takes over"} attempt ${attempt}`;
  const looks = isRepeat(turn) && without !== "takeover-looks";
  writeRef(scene, state, emit, { ...write, what }, (next, reply) => {
    if (reply !== "done") {
      next.set(toWrite(scene, next, run));
      return;
    }
    next[runAt(run) + RUN.claim] = to;
    next[runAt(run) + RUN.sawGate] = Number(
      from > 0 && read(state, AT.lagging) === 0 && read(state, gate) > 0,
    );
    next[runAt(run)] = looks ? STEP.lookRuns : STEP.clock;
  });
}

/** After a takeover: who runs already is found here, since from now on no earlier run may send. */
function lookRuns(turn: Turn): void {
  const { scene, run, emit } = turn;
  for (const runs of listRuns(turn, planned(turn).attempt)) {
    const live = runs.find(([, shown]) => !scene.facts.shown.get(shown).ended);
    emit(
      go(turn, STEP.lookGate, [RUN.tries, live === undefined ? 0 : live[0] + 1]),
      `dispatch ${run} looks for a run`,
    );
  }
}

function lookGate(turn: Turn): void {
  const { scene, state, run, emit } = turn;
  const place = attemptAt(ownIssue(turn), planned(turn).attempt) + ATTEMPT.gate;
  for (const gate of readPlaces(state, [place], (at) => at(place))) {
    const named = scene.facts.gates.find(gate)?.run;
    const worker = named === undefined ? reg(turn, RUN.tries) : workerOfRunId(named) + 1;
    const isStarted = gate > 0 || worker > 0;
    const next = isStarted
      ? go(turn, STEP.confirm, [RUN.sent, SENT.started], [RUN.tries, worker])
      : go(turn, STEP.clock);
    emit(next, `dispatch ${run} looks at the gate`);
  }
}

function askClock(turn: Turn): void {
  const { scene, state, run, emit } = turn;
  const fact = scene.facts.claims.get(reg(turn, RUN.claim));
  const isOver = fact.state !== "intent" || read(state, AT.clock) >= toTick(fact.deadline);
  if (isOver && scene.config.without !== "clock-before-sending")
    emit(toWrite(scene, state, run), `dispatch ${run} finds its lease over`);
  else emit(go(turn, STEP.send), `dispatch ${run} may send`, { kind: "may-send", run });
}

function send(turn: Turn): void {
  const { scene, state, run, emit } = turn;
  const { attempt } = planned(turn);
  const event = { kind: "sent", run, issue: ownIssue(turn), attempt, isRepeat: isRepeat(turn) } as const;
  const what = `dispatch ${run} sends attempt ${attempt}`;
  const started = startWorker(turn, attempt);
  const after = (from: State, sent: number): State => {
    const next = change(from, [runAt(run) + RUN.sent, sent]);
    if (sent === SENT.unconfirmed) return toWrite(scene, next, run);
    return change(next, [runAt(run), STEP.confirm]);
  };
  emit(after(started, SENT.sent), what, event);
  if (!mayFail(scene, state)) return;
  emit(after(countFault(started), SENT.unconfirmed), `${what}: reply lost`, event);
  emit(after(countFault(state), SENT.unconfirmed), `${what}: request lost`);
  emit(after(countFault(state), SENT.refused), `${what}: refused`);
  emit(after(countFault(state), SENT.sent), `${what}: accepted, and nothing starts`, event);
}

/** The event is there; its run comes up some time later. */
function startWorker(turn: Turn, attempt: number): State {
  const { scene, state } = turn;
  const { config, facts } = scene;
  const issue = ownIssue(turn);
  const workers = Array.from({ length: config.workers }, (_, worker) => worker);
  const free = workers.find((worker) => read(state, workerAt(worker) + WORKER.order) === 0);
  const base = attemptAt(issue, attempt);
  const highest = issueAt(issue) + MODEL_ISSUE.highest;
  const counted = change(state, [highest, Math.max(attempt, read(state, highest))], [base + ATTEMPT.sent, 1]);
  if (free === undefined) return counted;
  const order = facts.orders.number(
    scene.dispatch.order(issue, attempt, reg(turn, RUN.claim), reg(turn, RUN.view)),
  );
  return change(counted, [workerAt(free), FIRST_REQUEST], [workerAt(free) + WORKER.order, order]);
}

function confirm(turn: Turn): void {
  const { scene, state, run, emit } = turn;
  const sent = reg(turn, RUN.sent);
  const worker = sent === SENT.started ? reg(turn, RUN.tries) : 0;
  const to = scene.dispatch.confirm(reg(turn, RUN.claim), sent, worker, read(state, AT.clock));
  const { attempt } = planned(turn);
  const write = { place: attemptAt(ownIssue(turn), attempt) + ATTEMPT.claim, from: reg(turn, RUN.claim), to };
  writeRef(
    scene,
    state,
    emit,
    { ...write, what: `dispatch ${run} confirms attempt ${attempt}` },
    (next, reply) => {
      const isDispatched = reply === "done" && sent !== SENT.refused;
      next.set(toWrite(scene, next, run, isDispatched ? to : 0));
    },
  );
}

// --- tell ---

/** Nothing is left but the records; a run that changes none of them is over. */
function toWrite(scene: ModelScene, state: State, run: number, claimed = 0): State {
  const base = runAt(run);
  const next = change(
    state,
    [base, STEP.write],
    [base + RUN.claim, claimed],
    [base + RUN.sent, 0],
    [base + RUN.tries, 0],
    [base + RUN.sawGate, 0],
  );
  if (applyNotes(scene, next, run).every((value, place) => value === read(next, place))) end(next, run);
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

function writeDown({ scene, state, run, emit }: Turn): void {
  const next = applyNotes(scene, state, run);
  end(next, run);
  emit(next, `dispatch ${run} writes the records`);
}
