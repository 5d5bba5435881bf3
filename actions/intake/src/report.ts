import { findFailed, problemLines } from "@patchpilot/acceptance";
import type { Line, Outcome } from "@patchpilot/action-kit";
import { writeSummary } from "@patchpilot/action-kit/contract";
import { asSentence, countThings, inertSentence, tableCell } from "@patchpilot/evidence";
import {
  type Incident,
  type IncidentRecord,
  type IncidentSummary,
  summariseIncident,
} from "@patchpilot/incident";
import type { AppliedChange } from "@patchpilot/ledger";
import type { contract } from "./contract.ts";
import type { Acceptance } from "./decide/accept.ts";
import type { IssueSums } from "./decide/account.ts";
import type { Ignored, IntakeFacts } from "./facts.ts";

/** Everything that a run found out and did. */
export type IntakeRun = Pick<IntakeFacts, "waiting" | "ignored"> & {
  readonly acceptances: readonly Acceptance[];
  readonly account: IssueSums;
  readonly applied: readonly AppliedChange[];
  readonly lines: readonly Line[];
  /** Which of Sentry's issues were put together, and where; sentences. */
  readonly together?: readonly string[];
  /** Nothing was written: `dry-run` or `stop`. */
  readonly planned: boolean;
};

/** Outputs, log lines and summary, all from the same found. Pure. */
export function report(found: IntakeRun): Outcome<typeof contract> {
  const { acceptances, waiting, applied, planned, account } = found;
  const summaries = [
    ...acceptances.map(({ candidate, change }) =>
      summarise(candidate.incident, change.records[0]?.data as IncidentRecord),
    ),
    ...waiting.flatMap((incident) => {
      const record = incident.records.incident?.data;
      return record === undefined ? [] : [summarise(incident, record)];
    }),
  ].toSorted((a, b) => a.issue - b.issue);
  // A plan accepts nothing, so nothing after it may act on its outputs.
  const accepted = planned ? waiting.map(({ number }) => number) : findReady(found, summaries);
  const ignored = found.ignored
    .filter(({ issue }) => issue > 0)
    .toSorted((a, b) => a.issue - b.issue)
    .map(({ issue, reason, detail }) => ({ issue, reason, detail }));
  return {
    outputs: { issues: accepted, accepted, incidents: summaries, count: accepted.length, ignored, account },
    lines: [
      ...found.lines,
      ...problemLines(applied),
      ...acceptances.map((acceptance) => acceptanceLine(acceptance, found)),
      ...strangersLine(ignored),
      ...(found.together ?? []).map((text): Line => ({ level: "info", text })),
      ...ignored.map(
        ({ issue, reason, detail }): Line => ({
          level: "info",
          text: `#${issue} is ignored (${reason}). ${asSentence(detail)}`,
        }),
      ),
    ],
    summary: composeSummary(summaries, ignored, found),
  };
}

/** Sentry opened these issues in this repository: more likely than not, a setting is wrong. */
const STRANGE: readonly Ignored["reason"][] = ["wrong-project", "wrong-environment"];

function strangersLine(ignored: readonly Ignored[]): Line[] {
  const strange = ignored.filter(({ reason }) => STRANGE.includes(reason));
  if (strange.length === 0) return [];
  const named = strange.slice(0, 5).map(({ issue, detail }) => `#${issue}: ${detail}`);
  const more = strange.length > named.length ? ` And ${strange.length - named.length} more.` : "";
  return [
    {
      level: "warning",
      text: `Sentry reports what your settings exclude. ${named.join("; ")}.${more} If it belongs here, correct the setting.`,
    },
  ];
}

function acceptanceLine({ candidate, assessment }: Acceptance, { applied, planned }: IntakeRun): Line {
  const { number } = candidate.incident;
  if (findFailed(applied).has(number))
    return { level: "info", text: `#${number} is left to the next run: not all of it could be written.` };
  const { severity, confidence } = assessment;
  return {
    level: "info",
    text: `#${number} ${planned ? "would be" : "is"} accepted: severity ${severity.value}, confidence ${confidence.value.toFixed(2)}.`,
  };
}

/** Those whose record stands: a write that was refused leaves an issue for the next run. */
function findReady({ applied, acceptances }: IntakeRun, summaries: readonly IncidentSummary[]): number[] {
  const failed = findFailed(applied);
  const fresh = new Set(acceptances.map(({ candidate }) => candidate.incident.number));
  return summaries.map(({ issue }) => issue).filter((issue) => !(fresh.has(issue) && failed.has(issue)));
}

const summarise = (incident: Incident, record: IncidentRecord): IncidentSummary =>
  summariseIncident(incident, record, record.phase);

/** What all open issues of Sentry's are, as a sum. */
function describeAccount({ open, complete, ...kinds }: IssueSums): string[] {
  if (open === 0) return [];
  const parts = KINDS.flatMap(([kind, words]) => {
    const counts = Object.entries(kinds[kind]);
    if (counts.length === 0) return [];
    const sum = counts.reduce((total, [, count]) => total + count, 0);
    // What is all of one kind that is called like the whole needs no more words.
    const isPlain = kind === "duplicate" || (counts.length === 1 && counts[0]?.[0] === words);
    const named = isPlain ? "" : ` (${counts.map(([name, count]) => `${count} ${name}`).join(", ")})`;
    return [`${sum} ${words}${named}`];
  });
  const rest = complete ? "" : " Not all of them were looked at.";
  return [`Sentry has ${countThings(open, "open issue")} here: ${parts.join(", ")}.${rest}`];
}

const KINDS = [
  ["accepted", "accepted"],
  ["duplicate", "duplicate"],
  ["waiting", "waiting"],
  ["ignored", "ignored permanently"],
] as const;

function composeSummary(
  summaries: readonly IncidentSummary[],
  ignored: readonly Ignored[],
  { planned, account, together = [] }: Pick<IntakeRun, "planned" | "together" | "account">,
): string {
  const what = planned ? "Would be accepted" : "Accepted";
  const rows = [
    ...summaries.map(({ issue, title, severity }) => [`#${issue}`, `${what}, ${severity}`, tableCell(title)]),
    ...ignored.map(({ issue, reason, detail }) => [
      `#${issue}`,
      `Ignored (${reason})`,
      inertSentence(asSentence(detail)),
    ]),
  ];
  const first =
    summaries.length === 0
      ? "No new incident."
      : `${countThings(summaries.length, "incident")} ${planned ? "would wait" : summaries.length === 1 ? "waits" : "wait"} for a repair.`;
  return writeSummary("Intake", first, { head: ["Issue", "What", "Detail"], rows }, [
    ...together,
    ...describeAccount(account),
  ]);
}
