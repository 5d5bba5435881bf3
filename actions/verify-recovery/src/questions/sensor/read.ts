import { HOUR, WEEK } from "@patchpilot/time";
import { findSensorHold } from "@patchpilot/verdict";
import type { OldRate, VerifyFacts } from "../../facts.ts";
import type { SensorQuestion } from "../../ports.ts";
import type { SentryError, VerifyCase } from "../case.ts";
import { addFacts, askProvider, type Dossier, findBegin, projectOf, type RunReading } from "../reading.ts";
import type { OtherIssues, SensorHistory } from "../sources.ts";
import { lookBegin } from "../watch/due.ts";
import { countSensor } from "./count.ts";
import type { SensorFact } from "./facts.ts";

/** So many incidents of a project are left out of its other errors: they make the request longer. */
const MOST_LEFT_OUT = 100;

/** Would errors arrive if there were any? Two requests for each project of what is about to close, or to be called away. */
export async function readSensor(dossiers: Dossier[], reading: RunReading): Promise<void> {
  const { ports, troubles, now } = reading;
  const read = ports.readSensor;
  if (read === undefined) return addFacts(dossiers, () => ({ sensor: NOTHING_KNOWN }));
  const projects = Map.groupBy(dossiers, projectOf);
  const questions = [...projects].map(([project, members]) => makeQuestion(project, members, reading));
  const reply = await askProvider(troubles, () => read(questions));
  if (!reply.answered) return addFacts(dossiers, () => ({ sensor: { state: "unknown", detail: reply.why } }));
  const unread = new Set([...reply.value.values()].flatMap((history) => history.unread ?? []));
  troubles.lines.push(...[...unread].filter((line) => !troubles.lines.includes(line)));
  const tell = (dossier: Dossier, issues?: OtherIssues): void =>
    addFacts([dossier], () => ({
      sensor: makeFact(dossier, reply.value.get(projectOf(dossier)), now, issues),
    }));
  for (const dossier of dossiers) tell(dossier);
  const silent = dossiers.filter(({ facts: { sensor } }) => seemsSilent(sensor));
  const issues = await readIssues(silent, questions, reading);
  for (const dossier of silent) tell(dossier, issues.get(projectOf(dossier)));
}

/** Whether the other errors have stopped, or come late: it may be one cause that had most of them. */
function seemsSilent(sensor: SensorFact | undefined): boolean {
  const hold = sensor?.state === "counted" ? findSensorHold(sensor.summary) : undefined;
  return hold?.kind === "stopped" || hold?.kind === "late";
}

/**
 * Counted from the newest deploy of a project's incidents: what arrived before it says nothing of a sensor that died with
 * it. What is not answered leaves the silence as it is.
 */
async function readIssues(
  silent: readonly Dossier[],
  questions: readonly SensorQuestion[],
  { ports: { readOtherIssues }, troubles, now }: RunReading,
): Promise<ReadonlyMap<string, OtherIssues>> {
  const projects = Map.groupBy(silent, projectOf);
  if (readOtherIssues === undefined || projects.size === 0) return new Map();
  const asked = questions.flatMap((question) => {
    const members = projects.get(question.project) ?? [];
    const anchor = Math.max(...members.map((dossier) => findBegin(dossier, now)));
    const window = { from: anchor - WEEK, until: now };
    return members.length === 0 ? [] : [{ ...question, anchor, window }];
  });
  const reply = await askProvider(troubles, () => readOtherIssues(asked));
  return reply.answered ? reply.value : new Map();
}

/** Incidents with a fix are no sign that the sensor works: theirs are the errors that should stop. */
function makeQuestion(project: string, closing: readonly Dossier[], reading: RunReading): SensorQuestion {
  const cases = [...closing.map((dossier) => dossier.case), ...reading.cases.filter(mayBeFixed)];
  const fixed = cases.flatMap(({ error }) => (error && mayBeIn(error, project) ? [error] : []));
  const from = Math.min(...closing.map((dossier) => findBegin(dossier, reading.now))) - WEEK;
  return {
    project,
    without: [...new Map(fixed.map((error) => [error.shortId, error])).values()].slice(0, MOST_LEFT_OUT),
    window: { from, until: reading.now },
  };
}

/** One that is known by its text alone, and long closed, may be unknown to Sentry, which would refuse the search. */
const mayBeFixed = ({ phase, error }: VerifyCase) =>
  (phase === "verifying" || phase === "recovered") && typeof error?.id === "string";

const mayBeIn = ({ projectId }: SentryError, project: string) =>
  projectId === null || project === "" || projectId === project;

function makeFact(
  dossier: Dossier,
  history: SensorHistory | undefined,
  now: number,
  issues: OtherIssues | undefined,
): SensorFact {
  const { traffic, facts } = dossier;
  const own = expectOwn(facts, now);
  if (history === undefined || traffic === undefined || own === undefined) return NOTHING_KNOWN;
  return countSensor({ anchor: findBegin(dossier, now), history, traffic, own, now, issues });
}

/** How many of its errors there would be by now at the old rate; undefined: nothing is counted. */
function expectOwn({ errors, close, watch }: VerifyFacts, now: number): number | undefined {
  if (errors?.state === "counted") return expectAt(errors.summary, errors.summary.E);
  if (close?.old === undefined || watch?.state !== "counted") return undefined;
  const part = Math.min(1, (now - lookBegin(close, now)) / (watch.hours * HOUR));
  return expectAt(close.old.before, watch.fixed.E * part);
}

const expectAt = ({ events0, E0 }: Pick<OldRate, "events0" | "E0">, exposure: number): number =>
  E0 > 0 ? (events0 * exposure) / E0 : 0;

/** Nothing is known, and that holds nothing up. */
const NOTHING_KNOWN: SensorFact = {
  state: "counted",
  summary: { own: 0, others: null, losses: null },
  reasons: {},
};
