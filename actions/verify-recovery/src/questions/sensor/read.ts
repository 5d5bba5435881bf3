import { WEEK } from "@patchpilot/time";
import type { SensorFact } from "../../facts.ts";
import type { SensorQuestion } from "../../ports.ts";
import type { VerifyCase } from "../case.ts";
import { addFacts, askProvider, type Dossier, findAnchor, projectOf, type RunReading } from "../reading.ts";
import type { SensorHistory } from "../sources.ts";
import { countSensor } from "./count.ts";

/** So many incidents of a project are left out of its other errors: they make the request longer. */
const MOST_LEFT_OUT = 100;

/** Would errors arrive if there were any? Two requests for each project of what is about to close. */
export async function readSensor(dossiers: Dossier[], reading: RunReading): Promise<void> {
  const { ports, troubles, now } = reading;
  const read = ports.readSensor;
  if (read === undefined) return addFacts(dossiers, () => ({ sensor: UNKNOWN }));
  const projects = Map.groupBy(dossiers, projectOf);
  const questions = [...projects].map(([project, members]) => makeQuestion(project, members, reading));
  const reply = await askProvider(troubles, () => read(questions));
  addFacts(dossiers, (dossier) => ({
    sensor: reply.answered
      ? makeFact(dossier, reply.value.get(projectOf(dossier)), now)
      : { state: "unknown", detail: reply.why },
  }));
}

/** Incidents with a fix are no sign that the sensor works: theirs are the errors that should stop. */
function makeQuestion(project: string, closing: readonly Dossier[], reading: RunReading): SensorQuestion {
  const cases = [...closing.map((dossier) => dossier.case), ...reading.cases.filter(mayBeFixed)];
  const fixed = cases.flatMap(({ error }) => (error && (error.projectId ?? "") === project ? [error] : []));
  const from = Math.min(...closing.map(findAnchor)) - WEEK;
  return {
    project,
    without: [...new Map(fixed.map((error) => [error.shortId, error])).values()].slice(0, MOST_LEFT_OUT),
    window: { from, until: reading.now },
  };
}

const mayBeFixed = ({ phase }: VerifyCase) => phase === "verifying" || phase === "recovered";

function makeFact(dossier: Dossier, history: SensorHistory | undefined, now: number): SensorFact {
  const { traffic } = dossier;
  if (history === undefined || traffic === undefined) return UNKNOWN;
  return countSensor({ anchor: findAnchor(dossier), history, traffic, now });
}

/** Nothing is known, and that holds nothing up. */
const UNKNOWN: SensorFact = { state: "counted", summary: { others: null, losses: null }, reasons: [] };
