import { findNamedIssues, type Job } from "@patchpilot/action-kit";
import { openPostHog } from "@patchpilot/connections";
import { openGitHub, repositoryName, type Wires } from "@patchpilot/github";
import { type Incident, isHeld, type Phase, summariseIncident } from "@patchpilot/incident";
import { applyChanges, type Ledger, makeBelief, readAbsences, readIncidents } from "@patchpilot/ledger";
import type { ImpactInputs } from "./contract.ts";
import type { ImpactCase } from "./facts.ts";
import type { ImpactPorts } from "./ports.ts";

/** PostHog is a help, not a gate: it may take a minute of a run at most. */
const POSTHOG_BUDGET = { ms: 60_000 };

/** Builds the ports from inputs and job. */
export function connect(inputs: ImpactInputs, job: Job, wires: Wires = {}): ImpactPorts {
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
      const reading = { now: (await github.clock()).getTime(), cases: incidents.flatMap(toCase) };
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

function toCase(incident: Incident): ImpactCase[] {
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
