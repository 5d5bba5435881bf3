import { WEEK } from "@patchpilot/time";
import type { ExposureSource, TrafficFact } from "../../facts.ts";
import { addFacts, askProvider, type Dossier, findAnchor, projectOf, type RunReading } from "../reading.ts";
import type { ExposureHistory } from "../sources.ts";
import { type CountedTraffic, isSparse, judgeTraffic } from "./count.ts";
import { findGone } from "./gone.ts";

type Counted = Exclude<ExposureSource, "clock">;

/** Sources of exposure in the order in which `auto` tries them. */
const AUTO: readonly Counted[] = ["spans", "sessions", "posthog"];

/** Is anybody using it? One read for each source that has to be tried, for all projects. */
export async function readTraffic(dossiers: Dossier[], reading: RunReading): Promise<void> {
  await readExposure(dossiers, reading);
  addFacts(dossiers, (dossier) =>
    dossier.traffic === undefined ? {} : { traffic: judge(dossier, dossier.traffic, reading.now) },
  );
}

/** A watch without a known fix has no deploy of ours that could have ended the traffic. */
function judge(dossier: Dossier, traffic: CountedTraffic, now: number): TrafficFact {
  const anchor = findAnchor(dossier);
  const fact = judgeTraffic(traffic, anchor, now);
  const gone = dossier.facts.fix.kind === "merged" ? findGone(traffic, anchor, now) : undefined;
  return gone === undefined || fact.state === "unknown" ? fact : { ...fact, gone };
}

/**
 * Finds exposure for each incident: the first source that has any, and one that is sparse only if no other has. A source
 * that does not answer is not skipped in favour of the clock: then the traffic is unknown.
 */
export async function readExposure(dossiers: Dossier[], reading: RunReading): Promise<void> {
  const { exposure } = reading;
  const sources = exposure === "auto" ? AUTO : exposure === "clock" ? [] : [exposure];
  const silent: string[] = [];
  const sparse = new Map<Dossier, CountedTraffic>();
  for (const source of sources) {
    const open = dossiers.filter(({ traffic }) => traffic === undefined);
    if (open.length > 0) silent.push(...(await trySource(source, open, sparse, reading)));
  }
  for (const [dossier, traffic] of sparse) dossier.traffic ??= traffic;
  const open = dossiers.filter(({ traffic }) => traffic === undefined);
  if (silent.length === 0 && (exposure === "auto" || exposure === "clock")) {
    for (const dossier of open) dossier.traffic = { source: "clock" };
    return;
  }
  const nothing = `exposure: ${exposure} finds nothing: configure it, or set exposure to auto.`;
  const detail = silent.length > 0 ? silent.join(" ") : nothing;
  addFacts(open, () => ({ traffic: { state: "unknown", detail } }));
}

async function trySource(
  source: Counted,
  dossiers: Dossier[],
  sparse: Map<Dossier, CountedTraffic>,
  { ports, troubles, now }: RunReading,
): Promise<string[]> {
  const read = ports.readExposure[source];
  if (read === undefined) return [];
  const projects = [...new Set(dossiers.map(projectOf))];
  const window = { from: Math.min(...dossiers.map(findEarliest)) - WEEK, until: now };
  const reply = await askProvider(troubles, () => read(projects, window));
  if (!reply.answered) return [reply.why];
  for (const dossier of dossiers) {
    const exposure = reply.value.get(projectOf(dossier));
    if (exposure === undefined || !hasAny(exposure)) continue;
    if (isSparse(exposure)) sparse.set(dossier, { source, exposure });
    else dossier.traffic = { source, exposure };
  }
  return [];
}

/** The anchor, or before it is known what it cannot be earlier than. */
function findEarliest(dossier: Dossier): number {
  const { fix } = dossier.facts;
  return Math.min(findAnchor(dossier), fix.kind === "merged" ? fix.at : fix.after);
}

function hasAny({ releases, other }: ExposureHistory): boolean {
  return [other, ...releases.map(({ counts }) => counts)].some((counts) => counts.some((count) => count > 0));
}
