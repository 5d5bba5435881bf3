import { type OpenQuestion, openQuestion } from "./decide.ts";
import type { VerifyPorts } from "./ports.ts";
import type { VerifyCase } from "./questions/case.ts";
import { readDeployments } from "./questions/deployment/read.ts";
import { readErrors } from "./questions/errors/read.ts";
import { startFacts } from "./questions/fix/read.ts";
import { readHealth } from "./questions/health/read.ts";
import { readLatency } from "./questions/latency/read.ts";
import { readOperations } from "./questions/operation/read.ts";
import type { Dossier, RunReading, Troubles } from "./questions/reading.ts";
import { readSensor } from "./questions/sensor/read.ts";
import { readSiblings } from "./questions/siblings/read.ts";
import { readTraffic } from "./questions/traffic/read.ts";
import { readSigns, readWatch } from "./questions/watch/read.ts";

/** Each question with the one read that answers it for all incidents that still need it, cheapest first. */
const READS: readonly (readonly [
  OpenQuestion,
  (dossiers: Dossier[], reading: RunReading) => Promise<void>,
])[] = [
  ["sign", readSigns],
  ["deployment", readDeployments],
  ["health", readHealth],
  ["traffic", readTraffic],
  ["errors", readErrors],
  ["latency", readLatency],
  ["operation", readOperations],
  ["sibling", readSiblings],
  ["watch", readWatch],
  ["sensor", readSensor],
];

/**
 * Reads what decisions need, all incidents together, and stops for each incident at its first "no": which
 * question is open is the decision's own word.
 */
export async function gatherFacts(
  cases: readonly VerifyCase[],
  ports: VerifyPorts,
  troubles: Troubles,
  given: Pick<RunReading, "now" | "settings" | "exposure" | "oldClients"> & { readonly maxAttempts: number },
): Promise<Dossier[]> {
  const { now, settings, exposure, oldClients } = given;
  const dossiers = cases.map(
    (subject): Dossier => ({ case: subject, facts: startFacts(subject, given.maxAttempts) }),
  );
  const incidents = new Map(cases.flatMap(({ error, issue }) => (error ? [[error.shortId, issue]] : [])));
  const reading: RunReading = {
    ports,
    troubles,
    now,
    settings,
    exposure,
    cases,
    incidents,
    oldClients,
    containments: new Map(),
  };
  for (const [question, read] of READS) {
    const open = dossiers.filter(({ facts }) => openQuestion(facts, now, settings) === question);
    if (open.length > 0) await read(open, reading);
  }
  return dossiers;
}
