import type { Line, Outcome } from "@patchpilot/action-kit";
import { NO_ISSUES, namesNoIssues, readOnlyReason } from "@patchpilot/action-kit/contract";
import { inlineCode, titleText } from "@patchpilot/evidence";
import { type Incident, MOST_AT_FIRST, roomAtFirst } from "@patchpilot/incident";
import type { IncidentChange, IncidentDraft } from "@patchpilot/ledger";
import { assess, nameOf, type Surroundings } from "./assess.ts";
import type { contract } from "./contract.ts";
import { decideAcceptance, decideNote, decideStep, type Step } from "./decide.ts";
import { type Bottleneck, type Finding, isBottleneck, type Settings } from "./facts.ts";
import type { Inputs } from "./inputs.ts";
import { type Clues, investigateAll } from "./investigate.ts";
import { measure } from "./measure.ts";
import { incidentText } from "./message.ts";
import type { KnownIncidents, Ports } from "./ports.ts";
import { type Made, report } from "./report.ts";
import { type Windows, windowsOf } from "./windows.ts";

type Result = Outcome<typeof contract>;

/**
 * Measures what is slow in production, decides which of it is an incident, and opens or updates that. Run again, it
 * writes nothing that is true already.
 */
export async function run(inputs: Inputs, ports: Ports): Promise<Result> {
  const lines: Line[] = [];
  const say: Say = (level, text) => {
    lines.push({ level, text });
  };
  const { secrets } = ports;
  const idle = { findings: [], incidents: new Map(), made: [], applied: [], lines, secrets };
  if (namesNoIssues(inputs)) {
    say("notice", NO_ISSUES);
    return report({ ...idle, planned: false });
  }
  const settings = settingsOf(inputs);
  const readOnly = readOnlyReason(inputs);
  const planned = readOnly !== undefined;
  if (planned) say("notice", readOnly);

  const now = await ports.incidents.now();
  const windows = windowsOf(now, settings.windowHours, settings.baseline);
  const measurement = await measure(ports.spans, windows, settings, {
    ops: inputs.operations,
    regressions: inputs["include-sentry-regressions"],
  });
  for (const gap of measurement.gaps) say("notice", gap);

  const slow = measurement.findings.filter(isBottleneck);
  say(
    "info",
    `${slow.length === 0 ? "None" : slow.length} of the operations that were looked at ${slow.length > 1 ? "are" : "is"} slow.`,
  );
  const { byKey: incidents, oldest } = await readIncidents(slow, inputs, ports);
  const steps = stepsOf(slow, incidents, inputs, { ...settings, room: roomAtFirst(oldest, now) }, say);
  const scene: Scene = { ports, settings, windows, now, planned, say, gaps: measurement.gaps };
  const opened = await acceptAll(steps, scene);
  const { noted, relabelled } = noteAll(steps, now);
  const made = [...opened, ...noted];
  const changes = [...made.map(({ change }) => change), ...relabelled];
  const applied = planned || changes.length === 0 ? [] : await ports.incidents.apply(changes);
  for (const { change, finding } of opened) incidents.set(finding.key, change.incident);
  return report({ findings: measurement.findings, incidents, made, applied, lines, secrets, planned });
}

function settingsOf(inputs: Inputs): Settings {
  return {
    organization: inputs["sentry-org"] ?? "",
    sentryUrl: inputs["sentry-url"],
    environment: inputs.environment,
    windowHours: inputs["window-hours"],
    baseline: inputs.baseline,
    threshold: inputs["p95-threshold-ms"],
    minChange: inputs["min-change"],
    minSamples: inputs["min-samples"],
    limit: inputs.limit,
    suspectFiles: inputs["suspect-files"],
  };
}

/** The incidents of slow operations, by key. Where issues are named, only those: nothing else is opened then. */
async function readIncidents(
  slow: readonly Finding[],
  inputs: Inputs,
  { incidents }: Ports,
): Promise<KnownIncidents & { readonly byKey: Map<string, Incident> }> {
  if (slow.length === 0) return { byKey: new Map(), oldest: [] };
  if (inputs.issues === "auto") {
    const known = await incidents.readKeys(slow.map(({ key }) => key));
    return { ...known, byKey: new Map(known.byKey) };
  }
  const named = await incidents.readNumbers(inputs.issues);
  const byKey = new Map(named.map((incident) => [incident.records.incident?.data.key ?? "", incident]));
  return { byKey, oldest: named };
}

/** What is to be done about each slow operation; where issues are named, nothing else is opened. */
function stepsOf(
  slow: readonly Bottleneck[],
  incidents: ReadonlyMap<string, Incident>,
  inputs: Inputs,
  settings: Settings & { readonly room: number },
  say: Say,
): Step[] {
  const wanted = inputs.issues === "auto" ? slow : slow.filter(({ key }) => incidents.has(key));
  const steps = wanted.map((finding) => decideStep(finding, incidents.get(finding.key), settings));
  for (const step of steps)
    if (step.do === "leave") say("info", `issue ${step.incident.number} is left alone: ${step.reason}`);
  const room = new Set<Step>(steps.filter(({ do: verb }) => verb === "open").slice(0, settings.room));
  const accepting = steps.filter((step) => step.do === "reopen" || room.has(step));
  const taken = new Set<Step>(accepting.slice(0, settings.limit));
  const over = steps.filter((step) => isAccepting(step) && !taken.has(step)).length;
  const why = Number.isFinite(settings.room) ? `the first run opens at most ${MOST_AT_FIRST}` : "`limit`";
  if (over > 0) say("notice", `${over} more ${over === 1 ? "waits" : "wait"} for a later run: ${why}.`);
  return steps.filter((step) => !isAccepting(step) || taken.has(step));
}

type Accepting = Extract<Step, { readonly do: "open" | "reopen" }>;
const isAccepting = (step: Step): step is Accepting => step.do === "open" || step.do === "reopen";

type Say = (level: Line["level"], text: string) => void;
type Scene = {
  readonly ports: Ports;
  readonly settings: Settings;
  readonly windows: Windows;
  readonly now: Date;
  readonly planned: boolean;
  readonly gaps: readonly string[];
  readonly say: Say;
};
type Subject = { readonly finding: Bottleneck; readonly incident: Incident };

/** Accepts what is new or back: an issue for each that has none, then its record. */
async function acceptAll(steps: readonly Step[], scene: Scene): Promise<Made[]> {
  const accepting = steps.filter(isAccepting);
  if (scene.planned) {
    for (const { finding, do: verb } of accepting)
      scene.say("info", `would ${verb} an incident: ${titleOf(finding, scene)}`);
    return [];
  }
  const subjects = await openIssues(accepting, scene);
  const findings = subjects.map(({ finding }) => finding);
  const { ports, settings, say } = scene;
  const clues = await investigateAll(findings, ports, settings, (text) => say("warning", text));
  return subjects.flatMap((subject, index): Made[] => {
    const change = acceptOne(subject, clues[index], scene);
    return change === null ? [] : [{ finding: subject.finding, kind: "opened", change }];
  });
}

async function openIssues(
  accepting: readonly Accepting[],
  { ports, settings, say }: Scene,
): Promise<Subject[]> {
  const known = accepting.flatMap(({ finding, incident }) =>
    incident === undefined ? [] : [{ finding, incident }],
  );
  const fresh = accepting.filter(({ incident }) => incident === undefined).map(({ finding }) => finding);
  if (fresh.length === 0) return known;
  const drafts = fresh.map((finding) => draftOf(finding, settings, ports.secrets));
  const results = await ports.incidents.open(drafts);
  const opened = results.flatMap((result, index): Subject[] => {
    const finding = fresh[index];
    if (!("incident" in result)) say("warning", `${result.key}: ${result.message}`);
    // An issue that another run opened meanwhile and accepted has its record already.
    const isOurs = "incident" in result && result.incident.phase === undefined && result.incident.open;
    return finding !== undefined && isOurs ? [{ finding, incident: result.incident }] : [];
  });
  return [...known, ...opened];
}

/** One that fails is named and left to the next run. */
function acceptOne(
  { finding, incident }: Subject,
  clues: Clues | undefined,
  scene: Scene,
): IncidentChange | null {
  if (clues === undefined) return null;
  const { ports, settings, windows, now, gaps } = scene;
  try {
    const around: Surroundings = {
      clues,
      windows,
      settings,
      secrets: ports.secrets,
      queryOf: ports.spans.queryOf,
    };
    const assessment = assess(finding, around);
    const text = incidentText(finding, assessment, settings, { episode: incident.episode + 1, gaps });
    return decideAcceptance(incident, finding, assessment, { text, now, environment: settings.environment });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    scene.say(
      "warning",
      `Issue ${incident.number} could not be handled and is left to the next run: ${message}`,
    );
    return null;
  }
}

/** What the newest numbers add to open incidents, and labels that went astray. */
function noteAll(
  steps: readonly Step[],
  now: Date,
): { readonly noted: Made[]; readonly relabelled: IncidentChange[] } {
  const open = steps.filter((step) => step.do === "note");
  const noted = open.flatMap(({ incident, finding }): Made[] => {
    const change = decideNote(incident, finding, now);
    return change === null ? [] : [{ finding, kind: "updated", change }];
  });
  const rewritten = new Set(noted.map(({ change }) => change.incident));
  const relabelled = open
    .filter(({ incident }) => !rewritten.has(incident))
    .map(({ incident }): IncidentChange => ({ incident, records: [], phase: incident.phase }));
  return { noted, relabelled };
}

const titleOf = (finding: Finding, { ports }: Pick<Scene, "ports">): string =>
  titleText(nameOf(finding, ports.secrets));

function draftOf(finding: Finding, { environment }: Settings, secrets: readonly string[]): IncidentDraft {
  return {
    key: finding.key,
    title: titleText(`Slow: ${nameOf(finding, secrets)}`),
    body: `Sentry's spans of ${inlineCode(environment)} show that ${inlineCode(nameOf(finding, secrets))} is slow. The first comment holds the numbers and the evidence; it is kept up to date, this text is not.`,
  };
}
