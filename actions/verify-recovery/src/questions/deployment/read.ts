import { DAY } from "@patchpilot/time";
import type { DeploymentFact } from "../../facts.ts";
import { knownAnchor } from "../fix/read.ts";
import { addFacts, askProvider, containsFor, type Dossier, type RunReading } from "../reading.ts";
import { learnReleases, placeFor } from "../releases/read.ts";
import { reconcile } from "../releases/reconcile.ts";
import { endOfTraffic, LATELY_MS, listBusiest, listSightings } from "../releases/traffic.ts";
import type { ExposureHistory } from "../sources.ts";
import { readExposure } from "../traffic/read.ts";
import { explainDeployment } from "./explain.ts";
import { containmentsFor, locateFix } from "./locate.ts";

/**
 * Where every fix is: one look at production, one at the commits, and the traffic, which overrules them where it names
 * releases; for all incidents.
 */
export async function readDeployments(dossiers: Dossier[], reading: RunReading): Promise<void> {
  const { ports, troubles } = reading;
  const since = Math.min(...dossiers.map(findSince));
  const production = await askProvider(troubles, () => ports.readProduction(since));
  if (!production.answered) return setUnknown(dossiers, production.why);
  const told = production.value;
  reading.production = told;
  const starts = told?.history.flatMap(({ from }) => from ?? []) ?? [];
  for (const dossier of dossiers) dossier.starts = starts;
  const measured = dossiers.filter(isMeasured);
  if (measured.length > 0) await readExposure(measured, reading);
  const pairs = told === undefined ? [] : dossiers.flatMap(({ facts }) => containmentsFor(facts.fix, told));
  const refused = await learnReleases(measured, namesOfLate, reading, pairs);
  if (refused !== undefined) return setUnknown(dossiers, refused);
  for (const dossier of dossiers) locate(dossier, reading);
}

/** Before a close production had the fix: all that is wanted is the deployment of it, to name it. */
const BEFORE_CLOSE_MS = 3 * DAY;

function findSince({ facts: { fix, close } }: Dossier): number {
  const since = fix.kind === "merged" ? fix.at : fix.after;
  return close === undefined ? since : Math.max(since, close.at - BEFORE_CLOSE_MS);
}

const setUnknown = (dossiers: Dossier[], detail: string): void =>
  addFacts(dossiers, () => ({ deployment: { state: "unknown", sha: null, detail } }));

/** Errors whose fix is known, and that are not closed: of these, traffic says whether visitors get it. */
const isMeasured = ({ facts: { kind, fix, close } }: Dossier): boolean =>
  kind === undefined && fix.kind === "merged" && close === undefined;

/** Traffic by release, where the incident has any. */
const namedTraffic = ({ traffic }: Dossier): ExposureHistory | undefined =>
  traffic === undefined || traffic.source === "clock" || !traffic.exposure.byRelease
    ? undefined
    : traffic.exposure;

function namesOfLate(dossier: Dossier): readonly string[] {
  const exposure = namedTraffic(dossier);
  if (exposure === undefined) return [];
  const until = endOfTraffic(exposure);
  return listBusiest(exposure, { from: until - LATELY_MS, until }).map(({ release }) => release);
}

function locate(dossier: Dossier, reading: RunReading): void {
  const { fix } = dossier.facts;
  const known = knownAnchor(dossier.case, fix);
  const located = findDeployment(dossier, known, reading);
  addFacts([dossier], () => ({ deployment: located }));
  const exposure = isMeasured(dossier) ? namedTraffic(dossier) : undefined;
  if (exposure === undefined || fix.kind !== "merged") return;
  const placements = placeFor(dossier, listSightings(exposure), reading);
  const listed = reading.listed ?? new Map();
  const toldAt = reading.production?.history[0]?.from ?? null;
  const deployment = reconcile(located, fix, { exposure, placements, listed, known, toldAt });
  addFacts([dossier], () => ({ deployment }));
}

function findDeployment(dossier: Dossier, known: number | null, reading: RunReading): DeploymentFact {
  const { fix } = dossier.facts;
  const { production, containments, now } = reading;
  const located = locateFix(fix, production, containsFor(dossier, reading), known, now);
  if (production === undefined || fix.kind !== "merged") return located;
  return explainDeployment(located, fix, production, containments.get(fix.commit));
}
