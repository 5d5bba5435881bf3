import { usesUpAttempt } from "@patchpilot/incident";
import { nameSpend } from "@patchpilot/ledger";
import type { Event, ModelScene } from "../actors/scene.ts";
import { WORK } from "../actors/worker/steps.ts";
import { numberOfIssue, toTick } from "../github/facts.ts";
import { AT, ATTEMPT, MODEL_ISSUE, ROOM, RUN, WORKER } from "../github/places.ts";
import { attemptAt, countClaims, issueAt, read, runAt, type State, workerAt } from "../github/state.ts";

/** What must never happen, by name. The last two are promised for when faults stop. */
export const INVARIANTS = {
  "one-worker-per-attempt": "at most one worker's run passes the gate of an attempt",
  "outcome-before-next-attempt": "nothing is sent while an earlier attempt has no outcome",
  "no-pull-request-after-outcome": "no attempt opens a pull request after its outcome",
  "no-commit-after-outcome": "no attempt commits to an open pull request after its outcome",
  "no-commit-over-others": "a commit follows what is on the branch",
  "only-what-was-reviewed": "an attempt that continues begins at the commit that was reviewed",
  "no-repair-of-others": "what an attempt continues holds PatchPilot's commits alone",
  "ci-repairs-limited": "no more attempts for red checks than `max-ci-repairs`",
  "attempts-limited": "no more attempts that nobody asked for than `max-attempts`",
  "interruptions-limited": "nothing opens by itself after two interruptions in a row",
  "outcome-matches-pull-request": "an attempt that proposed something did not fail",
  "outcome-kept": "a closed gate never changes",
  "record-matches-outcome": "a record names no outcome that the gate does not",
  "one-cause-one-attempt": "no two attempts have one cause",
  "no-work-after-outcome": "no worker's run begins to work on an attempt after its outcome",
  "no-late-order": "if orders are prompt, no attempt is sent after its outcome or after a later one",
  "lease-respected": "nobody takes a claim while its lease holds, and nobody decides to send after it",
  "no-second-worker-sent": "a takeover sends nothing if a worker is at the gate already",
  "no-overspending": "what passes gates has been reserved, and fits into the cap",
  "settled-spend-kept": "what an attempt has spent is written once",
  "plan-as-approved":
    "only a plan is carried out that somebody with write access approved after it was written",
  "hands-off": "nobody passes or publishes who has read that the issue is held or closed",
  "every-attempt-settled": "once faults stop, every attempt gets an outcome",
  "every-incident-served": "once faults stop, every incident is served, over, or waits for people by name",
} as const;
export type PromiseName = keyof typeof INVARIANTS;

export type Breach = { readonly invariant: PromiseName; readonly detail: string };

type Step = { readonly scene: ModelScene; readonly before: State; readonly after: State };

/** What a step broke; undefined: nothing. It looks at what is on GitHub, not at what anybody believes. */
export function judgeStep(
  scene: ModelScene,
  before: State,
  after: State,
  event: Event | undefined,
): Breach | undefined {
  const step = { scene, before, after };
  if (event !== undefined) {
    const breach = judgeEvent(step, event);
    if (breach !== undefined) return breach;
  }
  return judgeWorkers(step) ?? judgeRefs(step) ?? judgeBook(step);
}

const breach = (invariant: PromiseName, detail: string): Breach => ({ invariant, detail });

// --- what was sent and published ---

function judgeEvent(step: Step, event: Event): Breach | undefined {
  if (event.kind === "sent") return judgeSending(step, event);
  if (event.kind === "may-send") return judgeLease(step, event.run);
  return judgePublishing(step, event);
}

const isClosed = ({ facts }: ModelScene, gate: number): boolean => facts.gates.find(gate)?.state === "closed";

function judgeSending(
  { scene, before, after }: Step,
  { issue, attempt, isRepeat, run }: Extract<Event, { kind: "sent" }>,
): Breach | undefined {
  const gate = (each: number) => read(before, attemptAt(issue, each) + ATTEMPT.gate);
  const name = `attempt ${attempt} of issue ${issue}`;
  const isLate =
    attempt < read(before, issueAt(issue) + MODEL_ISSUE.highest) || isClosed(scene, gate(attempt));
  if (isLate && scene.config.isPrompt === true)
    return breach("no-late-order", `${name} is sent after its outcome, or after a later one`);
  for (let earlier = 1; earlier < attempt; earlier += 1)
    if (!isClosed(scene, gate(earlier)))
      return breach("outcome-before-next-attempt", `${name} is sent, and attempt ${earlier} has no outcome`);
  if (isRepeat && read(before, runAt(run) + RUN.sawGate) === 1)
    return breach("no-second-worker-sent", `${name} has a worker`);
  if (
    scene.config.caps !== undefined &&
    scene.facts.books.find(read(before, AT.book))?.[nameSpend(numberOfIssue(issue), attempt)] === undefined
  )
    return breach("no-overspending", `${name} is sent, and nothing is reserved for it`);
  return judgeOrder({ scene, before, after }, issue, attempt);
}

/** What the order says that the worker continues, or carries out. */
function judgeOrder({ scene, before, after }: Step, issue: number, attempt: number): Breach | undefined {
  const { facts, config } = scene;
  const worker = Array.from({ length: config.workers }, (_, each) => each).find(
    (each) =>
      read(before, workerAt(each) + WORKER.order) === 0 && read(after, workerAt(each) + WORKER.order) > 0,
  );
  if (worker === undefined) return undefined;
  const { plan, continues } = facts.orders.get(read(after, workerAt(worker) + WORKER.order));
  const approved = facts.plans.find(read(before, issueAt(issue) + MODEL_ISSUE.approved));
  if (plan !== undefined && approved?.sha256 !== plan)
    return breach("plan-as-approved", `attempt ${attempt} carries out a plan that nobody approved`);
  if (continues === undefined) return undefined;
  const made = Number(/-a(\d+)$/.exec(continues.branch)?.[1]);
  const commits = facts.branches.find(read(before, attemptAt(issue, made) + ATTEMPT.branch))?.commits ?? [];
  const known = commits.slice(0, commits.findIndex(({ id }) => id === continues.head) + 1);
  return known.length > 0 && known.every(({ key }) => key !== "")
    ? undefined
    : breach("no-repair-of-others", `attempt ${attempt} continues somebody else's commit`);
}

function judgeLease({ scene, before }: Step, run: number): Breach | undefined {
  const fact = scene.facts.claims.get(read(before, runAt(run) + RUN.claim));
  return fact.state === "intent" && read(before, AT.clock) >= toTick(fact.deadline)
    ? breach("lease-respected", `dispatch ${run} decides to send after its lease`)
    : undefined;
}

function judgePublishing(
  { scene, before }: Step,
  event: Exclude<Event, { kind: "sent" | "may-send" }>,
): Breach | undefined {
  const { issue, attempt, continues } = scene.facts.orders.get(
    read(before, workerAt(event.worker) + WORKER.order),
  );
  const hasOutcome = isOver(scene, before, event.worker);
  const name = `attempt ${attempt} of issue ${issue}`;
  if (event.kind === "pull-opened")
    return hasOutcome ? breach("no-pull-request-after-outcome", `${name} opens a pull request`) : undefined;
  const made = Number(/-a(\d+)$/.exec(continues?.branch ?? "")?.[1] ?? attempt);
  const pull = scene.facts.branches.find(read(before, attemptAt(issue, made) + ATTEMPT.branch))?.pull;
  if (hasOutcome && pull?.state === "open") return breach("no-commit-after-outcome", `${name} commits`);
  if (event.onto !== event.parent)
    return breach("no-commit-over-others", `${name} commits over what is there`);
  return continues !== undefined && continues.head !== event.parent
    ? breach("only-what-was-reviewed", `${name} continues from another commit`)
    : undefined;
}

// --- workers ---

function judgeWorkers({ scene, before, after }: Step): Breach | undefined {
  for (let worker = 0; worker < scene.config.workers; worker += 1) {
    const base = workerAt(worker);
    const [was, is] = [read(before, base), read(after, base)];
    if (was === is) continue;
    const hasPassed = is === WORK.agent && was < WORK.agent;
    const publishes = (is === WORK.push || is === WORK.plan) && (was === WORK.move || was === WORK.moveRead);
    const face =
      hasPassed || publishes ? scene.facts.faces.find(read(before, base + WORKER.read)) : undefined;
    if (face !== undefined && (face.held || !face.open))
      return breach(
        "hands-off",
        `worker ${worker} continues, though it has read that people want it to stop`,
      );
    if (hasPassed && isOver(scene, before, worker))
      return breach(
        "no-work-after-outcome",
        `worker ${worker} begins to work after the outcome of its attempt`,
      );
    if (hasPassed && worker !== judgeOnly(scene, after, worker))
      return breach("one-worker-per-attempt", `worker ${worker} passes a gate that another has passed`);
  }
  return undefined;
}

function isOver(scene: ModelScene, state: State, worker: number): boolean {
  const { issue, attempt } = scene.facts.orders.get(read(state, workerAt(worker) + WORKER.order));
  return isClosed(scene, read(state, attemptAt(issue, attempt) + ATTEMPT.gate));
}

/** The only worker that has passed the gate of this one's attempt; -1: there are several. */
function judgeOnly({ facts }: ModelScene, state: State, worker: number): number {
  const { issue, attempt } = facts.orders.get(read(state, workerAt(worker) + WORKER.order));
  const passed = read(state, attemptAt(issue, attempt) + ATTEMPT.passed);
  return passed === 1 << worker ? worker : -1;
}

// --- refs ---

function judgeRefs(step: Step): Breach | undefined {
  const { scene, before, after } = step;
  for (let issue = 0; issue < scene.config.issues; issue += 1) {
    const start = issueAt(issue);
    const size = issueAt(1) - issueAt(0);
    let isSame = true;
    for (let place = start; isSame && place < start + size; place += 1)
      isSame = before[place] === after[place];
    if (isSame) continue;
    for (let attempt = 1; attempt <= ROOM.attempts; attempt += 1) {
      const found = judgeGate(step, issue, attempt) ?? judgeClaim(step, issue, attempt);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

const PROPOSED_NOTHING: readonly string[] = ["failed", "no-change", "lost"];

function judgeGate({ scene, before, after }: Step, issue: number, attempt: number): Breach | undefined {
  const { facts } = scene;
  const base = attemptAt(issue, attempt);
  const [was, is] = [read(before, base + ATTEMPT.gate), read(after, base + ATTEMPT.gate)];
  const name = `attempt ${attempt} of issue ${issue}`;
  if (was !== is && isClosed(scene, was))
    return breach("outcome-kept", `the gate of ${name} was closed, and is not`);
  const gate = facts.gates.find(is);
  const record = facts.records.find(read(after, base + ATTEMPT.record));
  const outcome = gate?.state === "closed" ? gate.outcome : undefined;
  if (record?.outcome !== undefined && record.outcome !== outcome)
    return breach(
      "record-matches-outcome",
      `the record of ${name} says ${record.outcome}, the gate ${outcome}`,
    );
  const branch = facts.branches.find(read(after, base + ATTEMPT.branch));
  return outcome !== undefined && PROPOSED_NOTHING.includes(outcome) && branch?.pull !== undefined
    ? breach("outcome-matches-pull-request", `${name} has a pull request, and ended ${outcome}`)
    : undefined;
}

function judgeClaim({ scene, before, after }: Step, issue: number, attempt: number): Breach | undefined {
  const { facts } = scene;
  const place = attemptAt(issue, attempt) + ATTEMPT.claim;
  const [was, is] = [facts.claims.find(read(before, place)), facts.claims.find(read(after, place))];
  if (read(before, place) === read(after, place) || is === undefined) return undefined;
  const isLeased = was?.state === "intent" && read(before, AT.clock) < toTick(was.deadline);
  const gate = read(before, attemptAt(issue, attempt) + ATTEMPT.gate);
  if (isLeased && gate === 0 && is.state === "intent")
    return breach("lease-respected", `attempt ${attempt} is taken over while its lease holds`);
  return was === undefined ? judgeOpening(scene, after, issue, attempt) : undefined;
}

/** A new attempt: whether anything speaks for it, and whether the limits do. */
function judgeOpening(
  { facts, config }: ModelScene,
  state: State,
  issue: number,
  attempt: number,
): Breach | undefined {
  const all = Array.from({ length: countClaims(state, issue) }, (_, index) =>
    facts.claims.get(read(state, attemptAt(issue, index + 1) + ATTEMPT.claim)),
  );
  const own = all[attempt - 1];
  const earlier = all.slice(0, attempt - 1);
  if (own === undefined) return undefined;
  if (earlier.some(({ cause }) => cause === own.cause))
    return breach("one-cause-one-attempt", `${own.cause} opens attempt ${attempt} as well`);
  const endings = earlier.map((_, index) => {
    const gate = facts.gates.find(read(state, attemptAt(issue, index + 1) + ATTEMPT.gate));
    return gate?.state === "closed" ? gate.ending : undefined;
  });
  const repairs = all.filter(
    ({ continues }, index) => continues?.checks !== undefined && endings[index] !== "interrupted",
  );
  if (repairs.length > config.maxCiRepairs)
    return breach("ci-repairs-limited", `attempt ${attempt} is the ${repairs.length}th repair`);
  if (/^(?:label|comment)\//.test(own.cause)) return undefined;
  if (endings.filter(usesUpAttempt).length >= config.maxAttempts)
    return breach("attempts-limited", `attempt ${attempt} opens by ${own.cause}`);
  return endings.length >= 2 && endings.slice(-2).every((ending) => ending === "interrupted")
    ? breach("interruptions-limited", `attempt ${attempt} opens by ${own.cause}`)
    : undefined;
}

// --- money ---

function judgeBook({ scene, before, after }: Step): Breach | undefined {
  const { caps } = scene.config;
  if (caps === undefined) return undefined;
  const [was, is] = [
    scene.facts.books.find(read(before, AT.book)) ?? {},
    scene.facts.books.find(read(after, AT.book)) ?? {},
  ];
  for (const [name, entry] of Object.entries(was))
    if (entry.by !== "reserved" && JSON.stringify(is[name]) !== JSON.stringify(entry))
      return breach("settled-spend-kept", `what ${name} spent is changed`);
  let spent = 0;
  for (let issue = 0; issue < scene.config.issues; issue += 1)
    for (let attempt = 1; attempt <= ROOM.attempts; attempt += 1)
      if (read(after, attemptAt(issue, attempt) + ATTEMPT.passed) > 0) spent += caps.perAttempt;
  return spent > caps.perMonth
    ? breach("no-overspending", `workers may spend ${spent}, and the cap is ${caps.perMonth}`)
    : undefined;
}
