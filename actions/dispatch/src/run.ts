import { namesNoIssues, readOnlyReason } from "@patchpilot/action-kit/contract";
import { readBranchHead } from "@patchpilot/github";
import { HttpFailure } from "@patchpilot/http";
import type { Incident } from "@patchpilot/incident";
import { applyChanges, type IncidentChange } from "@patchpilot/ledger";
import type { Inputs } from "./contract.ts";
import { allot, budgetLeft } from "./decide/budget.ts";
import { changesOf, type Progress } from "./decide/changes.ts";
import { choose } from "./decide/choose.ts";
import { settle } from "./decide/settle.ts";
import type { Settings } from "./facts.ts";
import { learn } from "./lessons/learn.ts";
import type { Ports } from "./ports.ts";
import { countStarted, type Reading, readAll } from "./read/facts.ts";
import { nothingAsked, plan, type Result, refused, report } from "./report.ts";
import { type GateHome, type Settled, closeGates } from "./write/close-gates.ts";
import { openAttempts } from "./write/open-attempts.ts";
import type { Opening, Site } from "./write/sending.ts";

/** Settles what is in flight, then hands accepted incidents to a worker, each attempt once. */
export async function run(inputs: Inputs, ports: Ports): Promise<Result> {
  if (inputs.redispatch && inputs.issues === "auto")
    return refused("`redispatch: true` needs `issues` to name the incidents; it refuses `auto`.");
  if (namesNoIssues(inputs)) return nothingAsked();
  const attemptMs = inputs["attempt-hours"] * 3_600_000;
  const reading = await readAll(inputs, ports, attemptMs);
  const settings = settingsOf(inputs, ports, reading.now, attemptMs);
  const readOnly = readOnlyReason(inputs);

  const settled =
    readOnly !== undefined
      ? reading.facts.map((facts): Settled => ({ facts, settlement: settle(facts, settings) }))
      : await closeGates(reading, ports, settings, () => gateHome(reading, ports));
  const { openings, choices } = await decide(settled, reading, inputs, ports, settings);
  if (readOnly !== undefined) return plan(settled, choices, readOnly);

  const opened =
    openings.length === 0
      ? []
      : await openAttempts(openings, inputs, ports, settings, await siteOf(openings, reading, inputs, ports));
  const progress = { settled, choices, opened, missing: reading.missing };
  const changes = changesOf(progress, reading, inputs, settings, ports);
  return write(progress, [...changes, ...reading.others.map(toLabels)], reading, ports);
}

/** Labels show the facts, also of an incident that a person closed or reopened and nobody serves now. */
const toLabels = (incident: Incident): IncidentChange => ({ incident, records: [], phase: incident.phase });

/** Attempts that went out are reported even where the issues cannot be written: the next run repairs the records. */
async function write(
  progress: Progress,
  changes: readonly IncidentChange[],
  reading: Reading,
  ports: Ports,
): Promise<Result> {
  try {
    return report(progress, changes, await applyChanges(ports.github, reading.ledger, changes));
  } catch (error) {
    if (error instanceof HttpFailure) return report(progress, changes, [], error.message);
    throw error;
  }
}

function settingsOf(inputs: Inputs, ports: Ports, now: number, attemptMs: number): Settings {
  return {
    now,
    run: ports.run.id,
    runAttempt: ports.run.attempt,
    maxAttempts: inputs["max-attempts"],
    leaseMs: inputs["lease-minutes"] * 60_000,
    startMs: inputs["start-minutes"] * 60_000,
    attemptMs,
    minSeverity: inputs["min-severity"],
    minConfidence: inputs["min-confidence"],
    autonomy: inputs.autonomy,
    allow: inputs.allow,
    approval: inputs.approval,
    redispatch: inputs.redispatch,
  };
}

async function decide(
  settled: readonly Settled[],
  reading: Reading,
  inputs: Inputs,
  ports: Ports,
  settings: Settings,
) {
  const chosen = settled.map((entry) => ({
    settled: entry,
    choice: choose(entry.facts, entry.settlement, settings),
  }));
  const spent = reading.ledger.dispatchFacts ?? { inFlight: 0, recentClaims: [], hasAllClaims: true };
  const mayOpen = chosen.some(({ choice }) => choice.kind !== "skip");
  const started =
    mayOpen && !spent.hasAllClaims
      ? await countStarted(ports, reading.ledger.repository.databaseId, settings.now)
      : 0;
  const freed = settled.filter(
    ({ facts, settlement }) => settlement.kind === "settled" && isCounted(facts.incident),
  ).length;
  const limits = {
    maxOpen: inputs["max-open-prs"],
    maxPerHour: inputs["max-dispatches-per-hour"],
    now: settings.now,
  };
  return allot(chosen, budgetLeft(limits, { ...spent, started, inFlight: spent.inFlight - freed }));
}

const isCounted = ({ labels }: Incident): boolean =>
  labels.includes("patchpilot:working") || labels.includes("patchpilot:proposed");

async function gateHome(reading: Reading, ports: Ports): Promise<GateHome> {
  const head = reading.ledger.dispatchFacts?.head;
  if (ports.sameRepository && head) return { nodeId: reading.ledger.repository.id, base: head };
  const target = await readBranchHead(ports.target, ports.targetRepository);
  return { nodeId: target.repositoryNodeId, base: target };
}

async function siteOf(
  openings: readonly Opening[],
  reading: Reading,
  inputs: Inputs,
  ports: Ports,
): Promise<Site> {
  const { repository, dispatchFacts } = reading.ledger;
  const base = dispatchFacts?.head;
  if (base === undefined)
    throw new Error(
      `${repository.nameWithOwner} has no default branch that the token may read: claims need \`contents: write\` and one commit.`,
    );
  return {
    repositoryNodeId: repository.id,
    repositoryId: repository.databaseId,
    repository: `${ports.repository.owner}/${ports.repository.repo}`,
    base,
    branch: await branchOf(base.branch, inputs, ports),
    // Before anything is claimed: a lease must not run out over it.
    lessons: await learn(openings, ports, repository.databaseId),
  };
}

/** The branch that `workflow_dispatch` runs on: without `ref`, the default branch of the repository that is repaired. */
async function branchOf(home: string, { via, ref }: Inputs, ports: Ports): Promise<string> {
  if (ref !== undefined || via === "repository_dispatch" || ports.sameRepository) return ref ?? home;
  return (await readBranchHead(ports.target, ports.targetRepository)).branch;
}
