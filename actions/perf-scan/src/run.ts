import type { Line, Outcome } from "@patchpilot/action-kit";
import { NO_ISSUES, namesNoIssues, readOnlyReason } from "@patchpilot/action-kit/contract";
import { countThings, titleText } from "@patchpilot/evidence";
import { type Incident, MOST_AT_FIRST, roomAtFirst } from "@patchpilot/incident";
import type { IncidentChange } from "@patchpilot/ledger";
import type { contract, PerfScanInputs } from "./contract.ts";
import { describeOperation } from "./decide/assess.ts";
import { noteLatest } from "./decide/note.ts";
import { decideStep, type ScanStep } from "./decide/step.ts";
import { chooseWindows } from "./decide/windows.ts";
import { type Bottleneck, isBottleneck } from "./facts.ts";
import type { PerfScanPorts } from "./ports.ts";
import { measureSpans } from "./read/spans.ts";
import { report, type ScanChange } from "./report.ts";
import { describeUnjudged } from "./words/kinds.ts";
import { type AcceptingStep, acceptAll } from "./write-incidents.ts";

/**
 * Measures what is slow in production, decides which of it is an incident, and opens or updates that. Run again, it
 * writes nothing that is true already.
 */
export async function run(inputs: PerfScanInputs, ports: PerfScanPorts): Promise<Outcome<typeof contract>> {
  const lines: Line[] = [];
  const say: Say = (level, text) => {
    lines.push({ level, text });
  };
  const { secrets } = ports;
  if (namesNoIssues(inputs)) {
    say("info", NO_ISSUES);
    const nothing = { findings: [], incidents: new Map(), made: [], applied: [], unjudged: [] };
    return report({ ...nothing, lines, secrets, planned: false });
  }
  const readOnly = readOnlyReason(inputs);
  const planned = readOnly !== undefined;
  if (planned) say("notice", readOnly);

  const now = await ports.incidents.now();
  const windows = chooseWindows(now, inputs);
  const { findings, gaps, unjudged } = await measureSpans(ports.spans, windows, inputs);
  for (const gap of gaps) say("notice", gap);
  const leftOut = describeUnjudged(unjudged);
  if (leftOut !== null) say("notice", leftOut);
  const slow = findings.filter(isBottleneck);
  say(
    "info",
    slow.length === 0
      ? "No operation that was looked at is slow."
      : `${countThings(slow.length, "operation")} ${slow.length === 1 ? "is" : "are"} slow.`,
  );
  const { byKey: incidents, oldest } = await readIncidents(slow, inputs, ports);
  const steps = chooseSteps(slow, incidents, inputs, roomAtFirst(oldest, now), say);
  const accepting = steps.filter(isAccepting);
  if (planned)
    for (const { finding, do: verb } of accepting)
      say("info", `Would ${verb} an incident: ${titleText(describeOperation(finding, secrets))}.`);
  const scene = { inputs, ports, windows, now, gaps };
  const opened = planned ? [] : await acceptAll(accepting, scene, (text) => say("warning", text));
  const { noted, relabelled } = noteAll(steps, now);
  const made = [...opened, ...noted];
  const changes = [...made.map(({ change }) => change), ...relabelled];
  const applied = planned || changes.length === 0 ? [] : await ports.incidents.apply(changes);
  for (const { change, finding } of opened) incidents.set(finding.key, change.incident);
  return report({ findings, incidents, made, applied, unjudged, lines, secrets, planned });
}

type Say = (level: Line["level"], text: string) => void;

/** The incidents of slow operations, by key. If issues are named, only those: nothing else is opened then. */
async function readIncidents(
  slow: readonly Bottleneck[],
  inputs: PerfScanInputs,
  { incidents }: PerfScanPorts,
): Promise<{ readonly byKey: Map<string, Incident>; readonly oldest: readonly Incident[] }> {
  if (slow.length === 0) return { byKey: new Map(), oldest: [] };
  if (inputs.issues === "auto") {
    const { byKey, oldest } = await incidents.readKeys(slow.map(({ key }) => key));
    return { byKey: new Map(byKey), oldest };
  }
  const named = await incidents.readNumbers(inputs.issues);
  const byKey = new Map(named.map((incident) => [incident.records.incident?.data.key ?? "", incident]));
  return { byKey, oldest: named };
}

/** What is to be done about each slow operation; if issues are named, nothing else is opened. */
function chooseSteps(
  slow: readonly Bottleneck[],
  incidents: ReadonlyMap<string, Incident>,
  inputs: PerfScanInputs,
  atFirst: number,
  say: Say,
): ScanStep[] {
  const wanted = inputs.issues === "auto" ? slow : slow.filter(({ key }) => incidents.has(key));
  const steps = wanted.map((finding) => decideStep(finding, incidents.get(finding.key), inputs));
  for (const step of steps)
    if (step.do === "leave")
      say("info", `#${step.incident.number} is not touched: ${step.reason.replace(/\.$/, "")}.`);
  const room = new Set<ScanStep>(steps.filter(({ do: verb }) => verb === "open").slice(0, atFirst));
  const accepting = steps.filter((step) => step.do === "reopen" || room.has(step));
  const taken = new Set<ScanStep>(accepting.slice(0, inputs.limit));
  const over = steps.filter((step) => isAccepting(step) && !taken.has(step)).length;
  const why = Number.isFinite(atFirst)
    ? `the first run opens at most ${MOST_AT_FIRST}`
    : "they exceed `limit`";
  if (over > 0) say("notice", `${over} more ${over === 1 ? "waits" : "wait"} for a later run: ${why}.`);
  return steps.filter((step) => !isAccepting(step) || taken.has(step));
}

const isAccepting = (step: ScanStep): step is AcceptingStep => step.do === "open" || step.do === "reopen";

/** What the newest numbers add to open incidents, and labels that went astray. */
function noteAll(
  steps: readonly ScanStep[],
  now: Date,
): { readonly noted: ScanChange[]; readonly relabelled: IncidentChange[] } {
  const open = steps.filter((step) => step.do === "note");
  const noted = open.flatMap(({ incident, finding }): ScanChange[] => {
    const change = noteLatest(incident, finding, now);
    return change === null ? [] : [{ finding, kind: "updated", change }];
  });
  const rewritten = new Set(noted.map(({ change }) => change.incident));
  const relabelled = open
    .filter(({ incident }) => !rewritten.has(incident))
    .map(({ incident }): IncidentChange => ({ incident, records: [], phase: incident.phase }));
  return { noted, relabelled };
}
