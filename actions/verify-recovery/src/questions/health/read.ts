import type { VerifyPorts } from "../../ports.ts";
import { addFacts, type Dossier, type RunReading } from "../reading.ts";
import type { HealthFact } from "./facts.ts";

/** Healthy is healthy this many times in a row; the first failure ends the series. */
const PROBES = 3;

/** Asks the health URL once for all incidents. */
export async function readHealth(dossiers: Dossier[], { ports }: RunReading): Promise<void> {
  const health = await probe(ports.probeHealth);
  addFacts(dossiers, () => ({ health }));
}

async function probe(ask: VerifyPorts["probeHealth"]): Promise<HealthFact> {
  if (ask === undefined) return { state: "off", detail: "no health-url is set" };
  for (let count = 1; ; count++) {
    const result = await ask();
    if (result.state !== "healthy") return result;
    if (count === PROBES) return { ...result, detail: `${result.detail} (${PROBES} times in a row)` };
  }
}
