import { namesNoIssues, readOnlyReason } from "@patchpilot/action-kit/contract";
import { HttpFailure } from "@patchpilot/http";
import { type EventImpact, isMeasured, judgeEvents, raiseSeverity } from "@patchpilot/incident";
import { chooseTurn } from "@patchpilot/ledger";
import type { ImpactInputs } from "./contract.ts";
import { isDue, isNews } from "./decide.ts";
import { chooseImpactWindows, type ImpactWindows } from "./decide-window.ts";
import type { CaseRecord, ImpactCase } from "./facts.ts";
import type { ImpactPorts } from "./ports.ts";
import { type Counted, type ImpactResult, report, reportNothing } from "./report.ts";
import { impactText, makeImpactRecord, summariseImpact } from "./words.ts";
import { absenceLines, idleLines, missingLine } from "./words-idle.ts";

/** Counts the product events of each incident that is due, writes them on it, and hands all of them on. */
export async function run(inputs: ImpactInputs, ports: ImpactPorts): Promise<ImpactResult> {
  if (namesNoIssues(inputs)) return reportNothing();
  const reading = await ports.readCases();
  const { now, cases } = reading;
  const open = cases.filter((each) => each.open);

  const missing = missingFor(inputs, ports);
  const counting = open.flatMap((each) => findCountable(each, inputs, now));
  const due =
    missing === undefined
      ? counting.filter(({ subject, windows }) => isDue(subject.previous, windows, inputs.events))
      : [];
  const counted = await countAll(putInTurn(due, now), inputs, ports, now);

  const readOnly = readOnlyReason(inputs);
  const problems =
    readOnly === undefined ? await ports.apply(counted.records.filter((each) => each.isNews)) : [];
  const notes = readOnly === undefined ? [] : [readOnly];
  const dueIssues = new Set(due.map(({ subject: { issue } }) => issue));
  const early = new Map(
    counting.flatMap(({ subject: { issue }, windows }) =>
      windows.early ? [[issue, windows.early.until] as const] : [],
    ),
  );
  const idle = [
    ...absenceLines(reading),
    ...(missing === undefined ? idleLines(reading, dueIssues, early) : [missingLine(missing)]),
  ];
  return report(open, counted, { notes, idle, problems });
}

/** What keeps PostHog from being asked, in one sentence; the chain goes on without it. */
function missingFor(inputs: ImpactInputs, { countEvents }: ImpactPorts): string | undefined {
  if (countEvents === undefined)
    return "PostHog is not configured, so impact is left out. Pass `posthog-api-key` and `posthog-project-id` to count product events.";
  if (inputs.events.length === 0)
    return "`events` names no product events, so impact is left out. Name those that show whether people get what they came for.";
  return undefined;
}

type Due = { readonly subject: ImpactCase; readonly windows: ImpactWindows };

/** What was never counted comes first; of the others each begins in turn: a slow PostHog leaves none out for good. */
function putInTurn(due: readonly Due[], now: number): Due[] {
  const [fresh, known] = [true, false].map((isFresh) =>
    due.filter(({ subject: { previous } }) => (previous === null) === isFresh),
  ) as [Due[], Due[]];
  const first = chooseTurn(now, known.length);
  return [...fresh, ...known.slice(first), ...known.slice(0, first)];
}

/** Work that a person asked for costs nobody anything that PostHog counts, so it is only handed on. */
function findCountable(subject: ImpactCase, inputs: ImpactInputs, now: number): Due[] {
  const { held, readOnly, times, summary } = subject;
  if (held || readOnly || !isMeasured(summary.kind)) return [];
  return [{ subject, windows: chooseImpactWindows(times, now, inputs["window-hours"], inputs.baseline) }];
}

/** One query an incident, one after the other. What stops one stops all, so the first failure ends it. */
async function countAll(
  due: readonly Due[],
  inputs: ImpactInputs,
  { countEvents }: ImpactPorts,
  now: number,
): Promise<Counted> {
  const records: CaseRecord[] = [];
  if (countEvents === undefined) return { records, failure: undefined };
  for (const { subject, windows } of due) {
    try {
      const counts = await countEvents({
        events: inputs.events,
        incident: toDates(windows.incident),
        baseline: toDates(windows.baseline),
      });
      records.push(makeRecord(subject, windows, judgeEvents(counts), inputs, now));
    } catch (error) {
      if (!(error instanceof HttpFailure)) throw error;
      return { records, failure: error };
    }
  }
  return { records, failure: undefined };
}

function makeRecord(
  { issue, severity, episode, previous }: ImpactCase,
  { incident, isFull }: ImpactWindows,
  events: readonly EventImpact[],
  { baseline }: ImpactInputs,
  now: number,
): CaseRecord {
  const raised = raiseSeverity(severity, events, { ...incident, baseline });
  const account = { window: incident, baseline, events, now, isFull, severity, raised, episode };
  const summary = summariseImpact(account);
  const data = makeImpactRecord(account, summary);
  return { issue, text: impactText(account, summary), data, isNews: isNews(previous, data, isFull) };
}

const toDates = ({ from, to }: { from: number; to: number }) => ({ from: new Date(from), to: new Date(to) });
