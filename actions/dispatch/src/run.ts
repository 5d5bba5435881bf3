import { namesNoIssues, readOnlyReason } from "@patchpilot/action-kit/contract";
import { HttpFailure } from "@patchpilot/http";
import type { Incident } from "@patchpilot/incident";
import { type IncidentChange, type SpendBook, spendRef } from "@patchpilot/ledger";
import { HOUR, MINUTE } from "@patchpilot/time";
import type { DispatchInputs } from "./contract.ts";
import { allot, type Budget, budgetLeft } from "./decide/budget.ts";
import { type Progress, planChanges } from "./decide/changes.ts";
import { type DispatchChoice, isCapped, type OpenedAttempt, type Opening } from "./decide/choice.ts";
import { choose } from "./decide/choose.ts";
import { type Settled, settleAttempt } from "./decide/settle.ts";
import { findImpossibleCap, readSpendRules, toBooked } from "./decide/spend.ts";
import { queueAlike } from "./decide/turns.ts";
import type { DispatchSettings } from "./facts.ts";
import { recallClosed } from "./lessons/closed-incidents.ts";
import { readDeclines } from "./lessons/declined.ts";
import { learnLessons } from "./lessons/learn.ts";
import type { DispatchPorts, RefHome } from "./ports.ts";
import { readEndWords } from "./read/end-words.ts";
import { type DispatchReading, readAll } from "./read/facts.ts";
import { type LeftWorkReader, openLeftWork } from "./read/left-work.ts";
import { describeOlder } from "./read/older-records.ts";
import { readRedChecks } from "./read/red-checks.ts";
import { countStarted } from "./read/runs.ts";
import { chooseMonths, readOlderBooks, toBooks } from "./read/spend-books.ts";
import { type DispatchResult, refuseRun, report, reportNothingAsked, reportPlan } from "./report.ts";
import { describeLeft } from "./words-money.ts";
import { closeGates } from "./write/close-gates.ts";
import { openAttempts } from "./write/open-attempts.ts";
import { rerunJobs } from "./write/rerun-jobs.ts";
import { reserveSpend } from "./write/reserve-spend.ts";
import type { DispatchSite } from "./write/send-attempts.ts";
import { type SpendDesk, settleSpend, settleStrays } from "./write/settle-spend.ts";

/** Settles what is in flight, then hands accepted incidents to a worker, each attempt once. */
export async function run(inputs: DispatchInputs, ports: DispatchPorts): Promise<DispatchResult> {
  if (inputs.redispatch && inputs.issues === "auto")
    return refuseRun("`redispatch: true` needs `issues` to name the incidents; it refuses `auto`.");
  const spend = readSpendRules(inputs);
  const impossible = findImpossibleCap(spend);
  if (impossible !== undefined) return refuseRun(impossible);
  if (namesNoIssues(inputs)) return reportNothingAsked();
  const attemptMs = inputs["attempt-hours"] * HOUR;
  const months = await chooseMonths(spend, ports);
  const read = await readAll(ports, attemptMs, months.map(spendRef));
  const settings = { ...makeSettings(inputs, ports, read.now, attemptMs), spend };
  const left = openLeftWork(ports);
  const readOnly = readOnlyReason(inputs);
  const red = await readRedChecks(read.facts, inputs["ci-apps"], left.aside);
  const checked = readOnly === undefined ? await rerunJobs(red, ports, settings) : red;
  const said = [...checked.said, ...describeOlder(read.facts)];
  const reading = { ...read, facts: await readEndWords(checked.facts, settings, left, ports.secrets) };

  const settled =
    readOnly !== undefined
      ? reading.facts.map((facts): Settled => ({ facts, settlement: settleAttempt(facts, settings) }))
      : await closeGates(reading.facts, ports, settings, () => findGateHome(reading, ports));
  const desk = openDesk(reading, ports, settings, left, readOnly === undefined);
  const spent = await settleSpend(settled, toBooks(months, read.ledger.refs), desk);
  const { openings, choices, books } = await decide(settled, { ...reading, books: spent }, inputs, desk);
  if (readOnly !== undefined) return reportPlan(settled, choices, [readOnly, ...said]);

  const opened = openings.length === 0 ? [] : await open(openings, { ...reading, books }, inputs, desk);
  const declines = await readDeclines(settled, ports);
  const progress = {
    settled,
    choices,
    opened,
    declines,
    missing: reading.missing,
    left: describeLeft(toBooked(books), openings, settings),
    said: [...said, ...desk.unwritten],
  };
  const runHome = findRunHome(reading, ports);
  const changes = planChanges(progress, { settings, agent: inputs.agent, start: inputs, runHome });
  return write(progress, [...changes, ...reading.others.map(toLabels)], reading, ports);
}

/** Labels show the facts, also of an incident that a person closed or reopened and nobody serves now. */
const toLabels = (incident: Incident): IncidentChange => ({ incident, records: [], phase: incident.phase });

/** Attempts that went out are reported even if the issues cannot be written: the next run repairs the records. */
async function write(
  progress: Progress,
  changes: readonly IncidentChange[],
  reading: DispatchReading,
  ports: DispatchPorts,
): Promise<DispatchResult> {
  try {
    return report(progress, changes, await ports.applyChanges(reading.ledger, changes));
  } catch (error) {
    if (error instanceof HttpFailure) return report(progress, changes, [], error.message);
    throw error;
  }
}

function makeSettings(
  inputs: DispatchInputs,
  ports: DispatchPorts,
  now: number,
  attemptMs: number,
): Omit<DispatchSettings, "spend"> {
  return {
    now,
    run: ports.run.id,
    runAttempt: ports.run.attempt,
    maxAttempts: inputs["max-attempts"],
    leaseMs: inputs["lease-minutes"] * MINUTE,
    startMs: inputs["start-minutes"] * MINUTE,
    attemptMs,
    minSeverity: inputs["min-severity"],
    minConfidence: inputs["min-confidence"],
    autonomy: inputs.autonomy,
    allow: inputs.allow,
    approval: inputs.approval,
    redispatch: inputs.redispatch,
    maxCiRepairs: inputs["max-ci-repairs"],
  };
}

/** With what attempts have spent in this month and the one before; nothing if it is not counted. */
type BookedReading = DispatchReading & { readonly books: readonly SpendBook[] };

/** Chooses, and spends the budgets of this run. Where a cap is reached, what has ended unseen is settled first. */
async function decide(
  settled: readonly Settled[],
  reading: BookedReading,
  inputs: DispatchInputs,
  desk: SpendDesk,
) {
  const { ports, settings } = desk;
  const chosen = queueAlike(
    settled.map((entry) => ({
      settled: entry,
      choice: choose(entry.facts, entry.settlement, settings),
    })),
    [...reading.others, ...reading.related],
  );
  const budget = await readBudget(chosen, reading, inputs, desk);
  const books = await readOlderBooks(
    chosen,
    await settleSpend(settled, reading.books, desk),
    settings,
    ports,
  );
  const allotted = allot(chosen, budget, toBooked(books), settings);
  const isHeld = [...allotted.choices.values()].some(isCapped);
  if (!isHeld) return { ...allotted, books };
  const swept = await settleStrays(settled, books, desk);
  return { ...allot(chosen, budget, toBooked(swept), settings), books: swept };
}

async function readBudget(
  chosen: readonly { readonly settled: Settled; readonly choice: DispatchChoice }[],
  { ledger }: DispatchReading,
  inputs: DispatchInputs,
  { ports, settings: { now } }: SpendDesk,
): Promise<Budget> {
  const spent = ledger.dispatchFacts ?? { inFlight: 0, recentClaims: [], hasAllClaims: true };
  const mayOpen = chosen.some(({ choice }) => choice.kind !== "skip");
  const started =
    mayOpen && !spent.hasAllClaims ? await countStarted(ports, ledger.repository.databaseId, now) : 0;
  const freed = chosen.filter(
    ({ settled: { facts, settlement } }) => settlement.kind === "settled" && isCounted(facts.incident),
  ).length;
  const limits = { maxOpen: inputs["max-open-prs"], maxPerHour: inputs["max-dispatches-per-hour"], now };
  return budgetLeft(limits, { ...spent, started, inFlight: spent.inFlight - freed });
}

function openDesk(
  { ledger }: DispatchReading,
  ports: DispatchPorts,
  settings: DispatchSettings,
  left: LeftWorkReader,
  mayWrite: boolean,
): SpendDesk {
  const { repository, dispatchFacts } = ledger;
  const base = mayWrite ? dispatchFacts?.head : undefined;
  const home = base && { nodeId: repository.id, base };
  return { ports, settings, left, repositoryId: repository.databaseId, home, unwritten: new Set() };
}

/** Reserves, then claims and sends. */
async function open(
  openings: readonly Opening[],
  reading: BookedReading,
  inputs: DispatchInputs,
  { ports, settings, left }: SpendDesk,
): Promise<OpenedAttempt[]> {
  const site = await readSite(openings, reading, left, inputs, ports);
  const reserved = await reserveSpend(openings, reading.books, ports, settings, site.home);
  const opened = await openAttempts(reserved.openings, inputs, ports, settings, site);
  return [...reserved.skipped, ...opened];
}

const isCounted = ({ labels }: Incident): boolean =>
  labels.includes("patchpilot:working") || labels.includes("patchpilot:proposed");

async function findGateHome(reading: DispatchReading, ports: DispatchPorts): Promise<RefHome> {
  const head = reading.ledger.dispatchFacts?.head;
  if (ports.sameRepository && head) return { nodeId: reading.ledger.repository.id, base: head };
  const target = await ports.readTarget();
  return { nodeId: target.repositoryNodeId, base: target };
}

/** Address of the repository that the workers run in. */
const findRunHome = ({ ledger }: DispatchReading, ports: DispatchPorts): string =>
  ports.sameRepository
    ? ledger.repository.url
    : ledger.repository.url.replace(/[^/]+\/[^/]+$/, ports.targetRepository);

async function readSite(
  openings: readonly Opening[],
  reading: DispatchReading,
  left: LeftWorkReader,
  inputs: DispatchInputs,
  ports: DispatchPorts,
): Promise<DispatchSite> {
  const { repository, dispatchFacts } = reading.ledger;
  const base = dispatchFacts?.head;
  if (base === undefined)
    throw new Error(
      `${repository.nameWithOwner} has no default branch that the token may read: claims need \`contents: write\` and one commit.`,
    );
  return {
    home: { nodeId: repository.id, base },
    branch: await chooseBranch(base.branch, inputs, ports),
    // Before anything is claimed: a lease must not run out over it.
    lessons: await learnLessons(openings, ports, left),
    recalled: await recallClosed(openings, reading, ports),
  };
}

/** The branch that `workflow_dispatch` runs on: without `ref`, the default branch of the repository that is repaired. */
async function chooseBranch(
  home: string,
  { via, ref }: DispatchInputs,
  ports: DispatchPorts,
): Promise<string> {
  if (ref !== undefined || via === "repository_dispatch" || ports.sameRepository) return ref ?? home;
  return (await ports.readTarget()).branch;
}
