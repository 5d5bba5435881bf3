import { findNamedIssues, type Job } from "@patchpilot/action-kit";
import type { InputsOf } from "@patchpilot/action-kit/contract";
import { openPostHog } from "@patchpilot/connections";
import { openGitHub, repositoryName, type Wires } from "@patchpilot/github";
import {
  type ImpactRecord,
  type Incident,
  type IncidentSummary,
  isHeld,
  type Phase,
  summariseIncident,
} from "@patchpilot/incident";
import { applyChanges, type Ledger, makeBelief, readAbsences, readIncidents } from "@patchpilot/ledger";
import type { PostHog } from "@patchpilot/posthog";
import type { contract } from "./contract.ts";
import type { IncidentTimes } from "./decide-window.ts";

export type Inputs = InputsOf<typeof contract>;

/** One incident as this action serves it. */
export type Case = {
  readonly issue: number;
  readonly open: boolean;
  /** The label patchpilot:hold is set: hands off. */
  readonly held: boolean;
  /** A newer PatchPilot wrote here: nothing may be written. */
  readonly readOnly: boolean;
  readonly summary: IncidentSummary;
  readonly times: IncidentTimes;
  /** What was counted before. */
  readonly previous: ImpactRecord | null;
};

/** The incidents of a run. */
export type Reading = {
  /** GitHub's clock, in milliseconds. */
  readonly now: number;
  readonly cases: readonly Case[];
  /** Set where the inputs or the event name issues: a sentence on each that is no incident. */
  readonly absences?: readonly string[];
};

/** A record as it shall stand on an issue. */
export type CaseRecord = {
  readonly issue: number;
  readonly text: string;
  readonly data: ImpactRecord;
};

/** What `run` may touch. */
export type Ports = {
  readonly readCases: () => Promise<Reading>;
  /** Writes records; sentences on what was refused. */
  readonly apply: (records: readonly CaseRecord[]) => Promise<readonly string[]>;
  /** Undefined: PostHog is not configured. */
  readonly countEvents: PostHog["countEvents"] | undefined;
};

/** PostHog is a help, not a gate: it may take a minute of a run at most. */
const POSTHOG_BUDGET = { ms: 60_000 };

/** Builds the ports from inputs and job. */
export function connect(inputs: Inputs, job: Job, wires: Wires = {}): Ports {
  const { environment, secrets } = job;
  const github = openGitHub({ ...environment, secrets, token: inputs["github-token"] }, wires);
  const repository = repositoryName(inputs.repository ?? environment.repository);
  let ledger: Ledger | undefined;
  return {
    readCases: async () => {
      const numbers = findNamedIssues(inputs, environment);
      const wanted = numbers === undefined ? { phases: SERVED } : { numbers };
      const belief = makeBelief(inputs["state-key"], inputs["trusted-authors"]);
      ledger = await readIncidents(github, repository, wanted, belief);
      const { incidents } = ledger;
      const reading = { now: (await github.clock()).getTime(), cases: incidents.flatMap(caseOf) };
      if (numbers === undefined) return reading;
      return { ...reading, absences: await readAbsences(github, repository, numbers, incidents) };
    },
    apply: async (records) => {
      const read = ledger;
      if (read === undefined || records.length === 0) return [];
      const changes = records.flatMap(({ issue, text, data }) => {
        const incident = read.incidents.find((each) => each.number === issue);
        return incident ? [{ incident, records: [{ kind: "impact" as const, text, data }] }] : [];
      });
      const applied = await applyChanges(github, read, changes);
      return applied.flatMap(({ problems }) => problems);
    },
    countEvents: openPostHog(inputs, { secrets, budget: POSTHOG_BUDGET, retries: 1, ...wires })?.countEvents,
  };
}

/** What waits for dispatch, whose work order tells the impact. */
const SERVED: readonly Phase[] = ["accepted"];

function caseOf(incident: Incident): Case[] {
  const { records, phase, episode } = incident;
  const record = records.incident?.data;
  if (record === undefined || phase === undefined) return [];
  const { acceptedAt, firstSeen } = record;
  // What came back began when it came back: its very first error lies in an earlier episode.
  const first = firstSeen === undefined || episode > 1 ? Number.NaN : Date.parse(firstSeen);
  return [
    {
      issue: incident.number,
      open: incident.open,
      held: isHeld(incident),
      readOnly: records.newerVersion !== undefined,
      summary: summariseIncident(incident, record, phase),
      times: {
        firstSeen: Number.isNaN(first) ? undefined : first,
        acceptedAt: Date.parse(acceptedAt),
      },
      previous: records.impact?.data ?? null,
    },
  ];
}
