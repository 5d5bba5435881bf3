import type { Line, Outcome } from "@patchpilot/action-kit";
import { NO_ISSUES, namesNoIssues, readOnlyReason } from "@patchpilot/action-kit/contract";
import { HttpFailure } from "@patchpilot/http";
import { type ImpactRecord, isMeasured } from "@patchpilot/incident";
import type { Case, CaseRecord, Inputs, Ports } from "./connect.ts";
import type { contract } from "./contract.ts";
import { isDue, judgeEvents } from "./decide.ts";
import { type Windows, windowsOf } from "./decide-window.ts";
import { impactText, recordOf, summaryOf } from "./words.ts";
import { absenceLines, idleLines } from "./words-idle.ts";

type Result = Outcome<typeof contract>;

/** Counts the product events of each incident that is due, writes them on it, and hands all of them on. */
export async function run(inputs: Inputs, ports: Ports): Promise<Result> {
  if (namesNoIssues(inputs)) return nothingAsked();
  const reading = await ports.readCases();
  const { now, cases } = reading;
  const open = cases.filter((each) => each.open);

  const missing = missingFor(inputs, ports);
  const due = missing === undefined ? open.flatMap((each) => dueOf(each, inputs, now)) : [];
  const counted = await countAll(due, inputs, ports);

  const readOnly = readOnlyReason(inputs);
  const problems = readOnly === undefined ? await ports.apply(counted.records) : [];
  const notes = [missing, readOnly].filter((note) => note !== undefined);
  const dueIssues = new Set(due.map(({ issue }) => issue));
  const idle = [...absenceLines(reading), ...(missing === undefined ? idleLines(reading, dueIssues) : [])];
  return report(open, counted, { notes, idle, problems });
}

/** What keeps PostHog from being asked, in one sentence; the chain goes on without it. */
function missingFor(inputs: Inputs, { countEvents }: Ports): string | undefined {
  if (countEvents === undefined)
    return "PostHog is not configured, so impact is left out. Pass `posthog-api-key` and `posthog-project-id` to count product events.";
  if (inputs.events.length === 0)
    return "`events` names no product events, so impact is left out. Name those that show whether people get what they came for.";
  return undefined;
}

type Due = { readonly issue: number; readonly windows: Windows };

/** Work that a person asked for costs nobody anything that PostHog counts, so it is only handed on. */
function dueOf(
  { issue, held, readOnly, times, previous, summary }: Case,
  inputs: Inputs,
  now: number,
): Due[] {
  if (held || readOnly || !isMeasured(summary.kind)) return [];
  const windows = windowsOf(times, now, inputs["window-hours"], inputs.baseline);
  return isDue(previous, windows, inputs.events) ? [{ issue, windows }] : [];
}

type Counted = { readonly records: readonly CaseRecord[]; readonly failure: HttpFailure | undefined };

/** One query an incident, one after the other. What stops one stops all, so the first failure ends it. */
async function countAll(due: readonly Due[], inputs: Inputs, { countEvents }: Ports): Promise<Counted> {
  const records: CaseRecord[] = [];
  if (countEvents === undefined) return { records, failure: undefined };
  for (const { issue, windows } of due) {
    try {
      const counts = await countEvents({
        events: inputs.events,
        incident: toDates(windows.incident),
        baseline: toDates(windows.baseline),
      });
      const account = {
        window: windows.incident,
        baseline: inputs.baseline,
        events: judgeEvents(counts),
        lateOnset: windows.lateOnset,
      };
      const summary = summaryOf(account);
      records.push({ issue, text: impactText(account, summary), data: recordOf(account, summary) });
    } catch (error) {
      if (!(error instanceof HttpFailure)) throw error;
      return { records, failure: error };
    }
  }
  return { records, failure: undefined };
}

const toDates = ({ from, to }: { from: number; to: number }) => ({ from: new Date(from), to: new Date(to) });

/** Faults that the next run does not heal: somebody has to change an input. */
const REFUSALS = new Set(["unauthorized", "forbidden", "not-found", "rejected"]);

/** What a run says beside its counts. */
type Said = {
  readonly notes: readonly string[];
  readonly idle: readonly Line[];
  /** What could not be written. */
  readonly problems: readonly string[];
};

function report(
  open: readonly Case[],
  { records, failure }: Counted,
  { notes, idle, problems }: Said,
): Result {
  const isRefused = failure !== undefined && REFUSALS.has(failure.kind);
  const lines: Line[] = [
    ...notes.map((text): Line => ({ level: "notice", text })),
    ...records.map(({ issue, data }): Line => ({ level: "info", text: `#${issue}: ${data.summary}` })),
    ...idle,
    ...open.filter(({ readOnly }) => readOnly).map(newerLine),
    ...problems.map((text): Line => ({ level: "warning", text })),
    ...(failure && !isRefused ? [{ level: "warning", text: leftOut(failure) } as const] : []),
  ];
  return {
    outputs: outputsOf(open, records),
    lines,
    summary: stepSummary(records, [...notes, ...idle.map(({ text }) => text)]),
    ...(isRefused ? { failure: leftOut(failure) } : {}),
  };
}

const leftOut = (failure: HttpFailure): string =>
  `Impact is left out where it is not counted yet; everything else goes on. ${failure.message}`;

const newerLine = ({ issue }: Case): Line => ({
  level: "warning",
  text: `#${issue} holds records of a newer PatchPilot: upgrade \`patchpilot/impact\` to count its impact.`,
});

function outputsOf(open: readonly Case[], records: readonly CaseRecord[]): Result["outputs"] {
  const known = open.flatMap(({ issue, previous }) => {
    const data = records.find((record) => record.issue === issue)?.data ?? previous;
    return data === null ? [] : [{ issue, events: eventsOf(data), summary: data.summary }];
  });
  const issues = open.map(({ issue }) => issue);
  return { issues, incidents: open.map(({ summary }) => summary), count: issues.length, impact: known };
}

const eventsOf = ({ events }: ImpactRecord): Result["outputs"]["impact"][number]["events"] =>
  events.map(({ event, current, baseline, change, actors }) => ({
    event,
    current,
    baseline,
    change,
    actors,
  }));

function stepSummary(records: readonly CaseRecord[], said: readonly string[]): string {
  const rows = records.map(({ issue, data }) => `| #${issue} | ${data.summary} |`);
  return [
    "### Impact",
    "",
    ...(rows.length > 0 ? ["| Issue | What changed |", "|---|---|", ...rows, ""] : []),
    ...said.map((text) => `- ${text}`),
  ].join("\n");
}

function nothingAsked(): Result {
  return {
    outputs: outputsOf([], []),
    lines: [{ level: "notice", text: NO_ISSUES }],
    summary: stepSummary([], [NO_ISSUES]),
  };
}
