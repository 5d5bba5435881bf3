import { findNamedIssues } from "@patchpilot/action-kit";
import type { Environment } from "@patchpilot/action-kit/contract";
import { type GitHub, repositoryName } from "@patchpilot/github";
import { type Incident, isReopeningDue, type Phase, phasesServedBy } from "@patchpilot/incident";
import {
  applyChanges,
  chooseTurn,
  type IncidentChange,
  type Ledger,
  makeBelief,
  readAbsences,
  readIncidents,
} from "@patchpilot/ledger";
import { nameAction } from "@patchpilot/owner";
import { HOUR } from "@patchpilot/time";
import type { VerifyInputs } from "../contract.ts";
import type { DecisionKind } from "../facts.ts";
import type { Elsewhere, VerifyPorts, Written } from "../ports.ts";
import type { DecidedCase, VerifyCase } from "../questions/case.ts";
import { commentOnDrafts } from "./drafts.ts";
import { issuesFixedBy } from "./fix-statement.ts";
import { readMerges, type Where } from "./merges.ts";
import type { SentryAccess } from "./sentry.ts";
import { describeEnded, toCase } from "./to-case.ts";
import { findSuspects, keepIndex } from "./watched.ts";

/** The incidents of a run: read once, written at the end. */
export type CaseStore = Pick<VerifyPorts, "readCases" | "apply"> & {
  /** What `readCases` answered; empty before. */
  readonly cases: readonly VerifyCase[];
  /** GitHub's clock at that time, in milliseconds. */
  readonly now: () => number;
};

type Settings = {
  readonly inputs: VerifyInputs;
  readonly environment: Environment;
  readonly github: GitHub;
  /** owner/name of the repository with the incidents. */
  readonly home: string;
  /** Where fixes are merged. */
  readonly target: Where;
  readonly sentry: SentryAccess | undefined;
};

type Reading = {
  readonly ledger: Ledger;
  readonly now: number;
  /** What could not be read. */
  readonly troubles: readonly string[];
  /** A sentence on each named issue that is no incident; absent: none is named. */
  readonly absences?: readonly string[];
};

export function createCaseStore(settings: Settings): CaseStore {
  let reading: Reading | undefined;
  let cases: readonly VerifyCase[] = [];
  return {
    get cases() {
      return cases;
    },
    now: () => reading?.now ?? 0,
    readCases: async () => {
      reading = await readServed(settings);
      const { ledger, now, absences, troubles } = reading;
      const { incidents } = ledger;
      const merges = await readMerges(incidents, ledger, settings.target);
      const served = incidents.flatMap((incident) =>
        toCase(incident, merges.get(incident.number) ?? null).map((each) => ({ incident, each })),
      );
      const elsewhere = served.flatMap(
        ({ incident }) => findElsewhere(incident, settings.inputs.environment) ?? [],
      );
      const isOurs = ({ issue }: VerifyCase) => elsewhere.every((other) => other.issue !== issue);
      cases = takeTurns(served.map(({ each }) => each).filter(isOurs), now);
      if (absences === undefined) return { now, cases, elsewhere, troubles };
      const servedIncidents = new Set(served.map(({ incident }) => incident));
      const ended = incidents.filter((incident) => !servedIncidents.has(incident)).flatMap(describeEnded);
      return { now, cases, elsewhere, troubles, absences: [...absences, ...ended] };
    },
    apply: async (decided) => (reading === undefined ? NOTHING : applyDecisions(decided, reading, settings)),
  };
}

/**
 * An operation that is slow in another environment than the one that this run asks Sentry about: its durations there say
 * nothing of it. Pure.
 */
function findElsewhere({ number, records }: Incident, environment: string): Elsewhere | null {
  const { kind, environment: own } = records.incident?.data ?? {};
  if (kind !== "performance" || own === undefined || own === environment) return null;
  return { issue: number, environment: own };
}

/**
 * The phases that are looked for. `needs-human` is not listed: there may be very many, and nothing happens to most.
 * They are met where they changed, or where somebody merged a fix.
 */
const LISTED: readonly Phase[] = phasesServedBy("verify-recovery").filter((phase) => phase !== "needs-human");

async function readServed({ inputs, environment, github, home, sentry }: Settings): Promise<Reading> {
  const name = repositoryName(home);
  const numbers = findNamedIssues(inputs, environment);
  const belief = makeBelief(inputs["state-key"], inputs["trusted-authors"]);
  const extras = { pullReferences: true };
  const selection = numbers === undefined ? { phases: LISTED, inTurn: true } : { numbers };
  const ledger = await readIncidents(github, name, selection, belief, extras);
  const now = (await github.clock()).getTime();
  if (numbers !== undefined) {
    const { incidents } = ledger;
    return { ledger, now, troubles: [], absences: await readAbsences(github, name, numbers, incidents) };
  }
  const suspects = await findSuspects(ledger.watched, sentry, now);
  const troubles = suspects.trouble === undefined ? [] : [suspects.trouble];
  const known = new Set(ledger.incidents.map(({ number }) => number));
  const named = [...lately(ledger, home, now), ...suspects.numbers];
  const unread = [...new Set(named)].filter((number) => !known.has(number));
  if (unread.length === 0) return { ledger, now, troubles };
  const more = await readIncidents(github, name, { numbers: unread }, belief, extras);
  return { ledger: joinLedgers(ledger, more, unread), now, troubles };
}

/**
 * One reading of two: what was found by phase, and by number. Pure.
 * @param asked numbers that the second was asked for
 */
export function joinLedgers(ledger: Ledger, more: Ledger, asked: readonly number[]): Ledger {
  const found = new Set(more.incidents.map(({ number }) => number));
  return {
    ...ledger,
    pullReferences: new Map([...(ledger.pullReferences ?? []), ...(more.pullReferences ?? [])]),
    incidents: [...ledger.incidents, ...more.incidents],
    missing: asked.filter((number) => !found.has(number)),
  };
}

/** A schedule may be late by hours; what was merged before was met by an earlier run. */
const LATELY_MS = 6 * HOUR;
const MOST_LATELY = 20;

/** Issues that lately merged pull requests say they fix. */
function lately({ recentMerges = [], incidents }: Ledger, home: string, now: number): number[] {
  const known = new Set(incidents.map(({ number }) => number));
  const fixed = recentMerges
    .filter(({ mergedAt }) => Date.parse(mergedAt ?? "") > now - LATELY_MS)
    .flatMap(({ text, repository }) => issuesFixedBy(text, home, repository));
  return [...new Set(fixed)].filter((number) => !known.has(number)).slice(0, MOST_LATELY);
}

/** Incidents without a known fix that one run looks at; each costs a share of a question to Sentry. */
const MOST_WATCHED = 50;

/** All that a fix or a close is known of, and of the others as many as one run may watch, in turn. Pure. */
export function takeTurns(cases: readonly VerifyCase[], now: number): readonly VerifyCase[] {
  const watched = cases.filter(
    ({ merge, phase }) => merge === null && phase !== "verifying" && phase !== "recovered",
  );
  if (watched.length <= MOST_WATCHED) return cases;
  const begin = chooseTurn(now, Math.ceil(watched.length / MOST_WATCHED)) * MOST_WATCHED;
  const chosen = new Set(watched.slice(begin, begin + MOST_WATCHED));
  return cases.filter((each) => chosen.has(each) || !watched.includes(each));
}

const NOTHING: Written = { problems: [], resolved: [], unwritten: new Set() };

async function applyDecisions(
  decided: readonly DecidedCase[],
  { ledger, now }: Reading,
  { github, home, target, inputs: { notify } }: Settings,
): Promise<Written> {
  const { incidents } = ledger;
  const byNumber = new Map(incidents.map((incident) => [incident.number, incident]));
  const changes = [
    ...decided.flatMap((entry) => {
      const incident = byNumber.get(entry.case.issue);
      return incident ? [makeChange(entry, incident)] : [];
    }),
    ...incidents.flatMap(unfinishedReopening),
  ];
  const applied = await applyChanges(github, ledger, changes, { notify });
  const readOnly = incidents.flatMap(({ number, records: { newerVersion } }) =>
    newerVersion === undefined
      ? []
      : [`#${number}: its records are of version ${newerVersion}; upgrade ${nameAction("verify-recovery")}.`],
  );
  const refusals = await keepIndex(github, home, ledger, now);
  const problems = [
    ...readOnly,
    ...applied.flatMap(({ problems, unlabelled }) => [...problems, ...unlabelled]),
    ...refusals,
  ];
  const unwritten = new Set(applied.filter((each) => each.problems.length > 0).map(({ issue }) => issue));
  const closed = decided.filter(
    ({ case: { issue }, decision }) => decision.decision === "close" && !unwritten.has(issue),
  );
  const where = { ...target, homeId: ledger.repository.databaseId };
  const silent = await commentOnDrafts(closed, ledger.pullReferences ?? new Map(), where);
  return { problems: [...problems, ...silent], resolved: [], unwritten };
}

/** What is confirmed is closed again, if a bot has reopened it. */
const STATES: Partial<Record<DecisionKind, IncidentChange["state"]>> = {
  close: "close-completed",
  confirm: "close-completed",
  reopen: "reopen",
};

/** What makes a decision true. Records, labels and state are each written only where they differ. */
function makeChange(
  { decision, record, seen, case: { episode } }: DecidedCase,
  incident: Incident,
): IncidentChange {
  const isAllowed = decision.decision !== "confirm" || decision.numbers.settings.allow.includes("close");
  const wanted = isAllowed ? STATES[decision.decision] : undefined;
  return {
    incident,
    records: record === null ? [] : [{ kind: `recovery/${episode}`, ...record }],
    phase: decision.phase,
    seen,
    ...(wanted ? { state: wanted } : {}),
  };
}

/** A run stopped between the record that reopens an incident and the issue itself. */
function unfinishedReopening(incident: Incident): IncidentChange[] {
  const record = incident.records.recoveries.get(incident.episode)?.data;
  return record !== undefined && isReopeningDue(incident, record)
    ? [{ incident, records: [], phase: record.phase, state: "reopen" }]
    : [];
}
