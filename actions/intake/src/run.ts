import type { Line, Outcome } from "@patchpilot/action-kit";
import { NO_ISSUES, namesNoIssues, readOnlyReason } from "@patchpilot/action-kit/contract";
import { cleanText, fence, inlineCode, link, titleText } from "@patchpilot/evidence";
import { type Incident, MOST_AT_FIRST, roomAtFirst } from "@patchpilot/incident";
import type { IncidentChange } from "@patchpilot/ledger";
import { assess, titleOf } from "./assess.ts";
import { type Choice, chooseCandidates, chooseSubjects } from "./choose.ts";
import type { contract } from "./contract.ts";
import { type Acceptance, decideAcceptance, decideRefresh } from "./decide.ts";
import type { Candidate, Ignored, Request, Settings, Subject } from "./facts.ts";
import { type Gathered, gatherFromSentry, gatherIssues } from "./gather.ts";
import { gatherTask, MOST_WORDS } from "./gather-task.ts";
import { nameSubject } from "./identify.ts";
import type { Inputs } from "./inputs.ts";
import { investigateAll } from "./investigate.ts";
import { findFix } from "./judge.ts";
import type { IssueDraft, Ports } from "./ports.ts";
import { report } from "./report.ts";

type Result = Outcome<typeof contract>;

/**
 * Reads what GitHub and Sentry say, decides what is an incident, and writes its record and label. Run again, it
 * writes nothing that is true already.
 */
export async function run(inputs: Inputs, ports: Ports): Promise<Result> {
  const lines: Line[] = [];
  const warn = (text: string): void => {
    lines.push({ level: "warning", text });
  };
  if (namesNoIssues(inputs)) {
    lines.push({ level: "notice", text: NO_ISSUES });
    return report({ acceptances: [], applied: [], waiting: [], ignored: [], lines, planned: false });
  }
  const settings = settingsOf(inputs, ports);
  const readOnly = readOnlyReason(inputs);
  const planned = readOnly !== undefined;
  if (planned) lines.push({ level: "notice", text: readOnly });

  const gathered = await gather(inputs, settings, ports, warn);
  const choice = chooseCandidates(gathered.candidates, gathered.known, settings);
  // A person's task is in this run alone: no later one could open it.
  const isTask = gathered.unopened.some(({ request }) => request !== undefined);
  const atFirst = isTask ? Number.POSITIVE_INFINITY : roomAtFirst(gathered.known, ports.incidents.now());
  const how = { planned, roomAtFirst: atFirst, warn, lines };
  const opened = await openSubjects(gathered, settings, ports, choice, how);
  const chosen = [...choice.chosen, ...opened.candidates];
  const acceptances = await decideAll(chosen, gathered, settings, ports, warn);

  const standing = standDown(gathered);
  const changes = [
    ...acceptances.map(({ change }) => change),
    ...gathered.waiting.map((incident) => refresh(incident, gathered)),
  ];
  const applied = planned || changes.length === 0 ? [] : await ports.incidents.apply(changes);
  noteLeft(choice.left + opened.left, Number.isFinite(atFirst) && opened.left > 0, lines);
  return report({
    acceptances,
    applied,
    waiting: gathered.waiting.filter((incident) => !standing.has(incident)),
    ignored: [...gathered.ignored, ...choice.ignored, ...standing.values()],
    lines,
    planned,
  });
}

function settingsOf(inputs: Inputs, ports: Ports): Settings {
  return {
    hasSentry: ports.sentry !== null,
    sentryUrl: inputs["sentry-url"],
    organization: inputs["sentry-org"],
    projects: inputs["sentry-projects"],
    environment: inputs.environment,
    authors: inputs["sentry-authors"],
    minEvents: inputs["min-events"],
    minSeverity: inputs["min-severity"],
    limit: inputs.limit,
    suspectFiles: inputs["suspect-files"],
    similarIncidents: inputs["similar-incidents"],
  };
}

function gather(
  inputs: Inputs,
  settings: Settings,
  ports: Ports,
  warn: (text: string) => void,
): Promise<Gathered> {
  if (inputs.source === "task") return gatherTask(inputs.task, ports);
  if (inputs.issues !== "auto") return gatherIssues(inputs.issues, settings, ports, warn);
  if (inputs.source === "sentry") return gatherFromSentry(settings, ports, warn);
  return gatherIssues(ports.eventIssue === undefined ? "sweep" : [ports.eventIssue], settings, ports, warn);
}

/** Looks into the code for the chosen ones and decides each; one that fails is named and left to the next run. */
async function decideAll(
  chosen: readonly Candidate[],
  gathered: Gathered,
  settings: Settings,
  ports: Ports,
  warn: (text: string) => void,
): Promise<Acceptance[]> {
  const findings = await investigateAll(chosen, settings.environment, ports, warn);
  return chosen.flatMap((candidate, index): Acceptance[] => {
    const found = findings[index];
    if (found === undefined) return [];
    const { number } = candidate.incident;
    if (candidate.view.state === "failed")
      warn(
        `Issue ${number} is accepted by its text alone, because Sentry could not answer: ${candidate.view.message}`,
      );
    try {
      const past = gathered.known.filter((known) => known.number !== number);
      const assessment = assess(candidate, found, past, settings, ports.secrets);
      return [
        {
          candidate,
          assessment,
          change: decideAcceptance(candidate, assessment, settings, ports.incidents.now()),
        },
      ];
    } catch (error) {
      warn(
        `Issue ${number} could not be handled and is left to the next run: ${error instanceof Error ? error.message : error}`,
      );
      return [];
    }
  });
}

/** What changed about an incident that waits, and labels that went astray. */
const refresh = (incident: Incident, { pulls }: Gathered): IncidentChange =>
  decideRefresh(incident, pulls) ?? { incident, records: [], phase: incident.phase };

/** Incidents that wait while somebody fixes them already. */
function standDown({ waiting, pulls }: Gathered): ReadonlyMap<Incident, Ignored> {
  return new Map(
    waiting.flatMap((incident) => {
      const issue = incident.number;
      const fix = findFix(incident, incident.records.incident?.data.sentry?.shortId ?? null, pulls);
      if (fix === undefined) return [];
      return [
        [incident, { issue, reason: "fix-in-flight", detail: `pull request ${fix.number} is open` }] as const,
      ];
    }),
  );
}

type OpenedSubjects = {
  readonly candidates: readonly Candidate[];
  readonly left: number;
};

/** Opens issues for what Sentry lists and GitHub has not, each once over all runs. */
async function openSubjects(
  gathered: Gathered,
  settings: Settings,
  ports: Ports,
  choice: Choice<Candidate>,
  how: {
    readonly planned: boolean;
    readonly roomAtFirst: number;
    readonly warn: (text: string) => void;
    readonly lines: Line[];
  },
): Promise<OpenedSubjects> {
  const room = Math.max(0, Math.min(settings.limit - choice.chosen.length, how.roomAtFirst));
  const { chosen } = chooseSubjects(gathered.unopened, gathered.known, settings, gathered.unopened.length);
  if (how.planned) {
    for (const { key, title } of chosen.slice(0, room).map((one) => draftOf(one, settings, ports.secrets)))
      how.lines.push({ level: "info", text: `would open an issue for ${key}: ${title}` });
    return { candidates: [], left: Math.max(0, chosen.length - room) };
  }
  const batch = chosen.slice(0, room);
  const drafts = batch.map((one) => draftOf(one, settings, ports.secrets));
  const opened = drafts.length === 0 ? [] : await ports.incidents.open(drafts);
  const candidates = opened.flatMap((result, index): Candidate[] => {
    const subject = batch[index];
    if (!("incident" in result)) how.warn(`${result.key}: ${result.message}`);
    // Another run may have opened it meanwhile; one that could not finish left it without a record.
    else if (subject !== undefined && result.incident.phase === undefined && result.incident.open)
      return [{ ...subject, incident: result.incident }];
    return [];
  });
  return { candidates, left: chosen.length - batch.length };
}

function draftOf(subject: Subject, settings: Settings, secrets: readonly string[]): IssueDraft {
  if (subject.request !== undefined) return draftOfTask(subject, subject.request, settings, secrets);
  const from = subject.recognised.link;
  return {
    key: nameSubject(subject, 0, settings).key,
    title: titleText(titleOf(subject, secrets)),
    body: [
      `Sentry Issue: ${from === null ? "" : link(from.shortId, from.url)}`,
      "",
      `Sentry lists this error of ${inlineCode(settings.environment)} as unresolved. The first comment holds the evidence.`,
    ].join("\n"),
  };
}

/** The words stand in a fence: what a person writes for an agent must not mention or close anything here. */
function draftOfTask(
  subject: Subject,
  { words, by }: Request,
  settings: Settings,
  secrets: readonly string[],
): IssueDraft {
  const { text } = cleanText(words, { maxLength: MOST_WORDS, secrets });
  return {
    key: nameSubject(subject, 0, settings).key,
    title: titleText(titleOf(subject, secrets)),
    body: [`A task that ${inlineCode(by)} gave to PatchPilot:`, "", fence(text)].join("\n"),
  };
}

function noteLeft(left: number, isFirstRun: boolean, lines: Line[]): void {
  if (left === 0) return;
  const why = isFirstRun ? `the first run opens at most ${MOST_AT_FIRST}` : "they exceed `limit`";
  lines.push({
    level: "notice",
    text: `${left} more passed every filter and ${left === 1 ? "waits" : "wait"} for a later run: ${why}.`,
  });
}
