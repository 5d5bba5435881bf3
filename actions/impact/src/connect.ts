import { findNamedIssues, type Job } from "@patchpilot/action-kit";
import { openPostHog } from "@patchpilot/connections";
import { openGitHub, repositoryName, type Wires } from "@patchpilot/github";
import {
  type Incident,
  isHeld,
  type Phase,
  readAccepted,
  readImpact,
  summariseIncident,
} from "@patchpilot/incident";
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

/**
 * What may cost something still. `needs-human` is not listed: there may be very many, and whatever changed within a day
 * is read besides.
 */
const SERVED: readonly Phase[] = ["accepted", "working", "proposed", "verifying", "requeued"];

function toCase(incident: Incident): ImpactCase[] {
  const { records, phase, episode } = incident;
  const accepted = records.incident?.data;
  if (accepted === undefined || phase === undefined) return [];
  const { acceptedAt, firstSeen, severity } = accepted;
  // What came back began when it came back: its very first error lies in an earlier episode.
  const first = firstSeen === undefined || episode > 1 ? Number.NaN : Date.parse(firstSeen);
  return [
    {
      issue: incident.number,
      open: incident.open,
      held: isHeld(incident),
      readOnly: records.newerVersion !== undefined,
      summary: summariseIncident(incident, readAccepted(records, episode) ?? accepted, phase),
      severity,
      episode,
      times: {
        firstSeen: Number.isNaN(first) ? undefined : first,
        acceptedAt: findReopened(incident) ?? Date.parse(acceptedAt),
        fixedAt: findFixedAt(incident),
      },
      previous: readImpact(records, episode) ?? null,
    },
  ];
}

/** Since when production has had the fix without a break, as `verify-recovery` found it. */
function findFixedAt({ records, episode }: Incident): number | undefined {
  const anchor = records.recoveries.get(episode)?.data["anchor"];
  return typeof anchor === "number" ? anchor : undefined;
}

/** When `verify-recovery` reopened what came back; undefined where intake accepted the running episode. */
function findReopened({ records, episode }: Incident): number | undefined {
  if ((records.incident?.data.episode ?? episode) >= episode) return undefined;
  return Date.parse(records.recoveries.get(episode - 1)?.data.phaseAt ?? "") || undefined;
}
