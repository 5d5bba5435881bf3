import { WEEK } from "@patchpilot/time";
import type { ExposureSource } from "../../facts.ts";
import type { ExposureHistory } from "../../sources.ts";
import { judgeTraffic } from "../errors/count.ts";
import { askProvider, type Dossier, findAnchor, projectOf, type RunReading } from "../reading.ts";

type Counted = Exclude<ExposureSource, "clock">;

/** Sources of exposure in the order in which `auto` tries them. */
const AUTO: readonly Counted[] = ["spans", "sessions", "posthog"];

/** Is anybody using it? One read for each source that has to be tried, for all projects. */
export async function readTraffic(dossiers: Dossier[], reading: RunReading): Promise<void> {
  await readExposure(dossiers, reading);
  for (const dossier of dossiers) {
    if (dossier.traffic === undefined) continue;
    const traffic = judgeTraffic(dossier.traffic, findAnchor(dossier), reading.now);
    dossier.facts = { ...dossier.facts, traffic };
  }
}

/**
 * Finds exposure for each incident: the first source that has any. A source that does not answer is not skipped
 * in favour of the clock: then the traffic is unknown.
 */
export async function readExposure(dossiers: Dossier[], reading: RunReading): Promise<void> {
  const { exposure } = reading;
  const sources = exposure === "auto" ? AUTO : exposure === "clock" ? [] : [exposure];
  const silent: string[] = [];
  for (const source of sources) {
    const open = dossiers.filter(({ traffic }) => traffic === undefined);
    if (open.length > 0) silent.push(...(await trySource(source, open, reading)));
  }
  for (const dossier of dossiers) {
    if (dossier.traffic !== undefined) continue;
    if (silent.length > 0) {
      dossier.facts = { ...dossier.facts, traffic: { state: "unknown", detail: silent.join(" ") } };
    } else if (exposure === "auto" || exposure === "clock") {
      dossier.traffic = { source: "clock" };
    } else {
      const detail = `exposure: ${exposure} finds nothing: configure it, or set exposure to auto.`;
      dossier.facts = { ...dossier.facts, traffic: { state: "unknown", detail } };
    }
  }
}

async function trySource(source: Counted, dossiers: Dossier[], reading: RunReading): Promise<string[]> {
  const { ports, troubles, now } = reading;
  const read = ports.readExposure[source];
  if (read === undefined) return [];
  const projects = [...new Set(dossiers.map(projectOf))];
  const window = { from: Math.min(...dossiers.map(findAnchor)) - WEEK, until: now };
  const reply = await askProvider(troubles, () => read(projects, window));
  if (!reply.answered) return [reply.why];
  for (const dossier of dossiers) {
    const exposure = reply.value.get(projectOf(dossier));
    if (exposure !== undefined && hasAny(exposure)) dossier.traffic = { source, exposure };
  }
  return [];
}

function hasAny({ releases, other }: ExposureHistory): boolean {
  return [other, ...releases.map(({ counts }) => counts)].some((counts) => counts.some((count) => count > 0));
}
