import type { SentryRelease } from "@patchpilot/sentry";
import { WEEK } from "@patchpilot/time";
import { BUCKET } from "@patchpilot/verdict";
import type { VerifyPorts } from "../ports.ts";
import type {
  ExposureHistory,
  ListedRelease,
  ProductionHistory,
  Stretch,
  TimeSpan,
} from "../questions/sources.ts";
import type { SentryAccess } from "./sentry.ts";

/** The newest 100 releases of the incidents' projects, asked for once; another app's say nothing about this one. */
export function listOfProjects(sentry: SentryAccess): () => Promise<readonly SentryRelease[]> {
  let asked: Promise<readonly SentryRelease[]> | undefined;
  const ask = async () => {
    const projects = sentry.projects();
    return (await sentry.ask().listReleases(projects.length > 0 ? { projects } : {})).rows;
  };
  return () => {
    asked ??= ask();
    return asked;
  };
}

/** When a release began, and its commit. Pure. */
export function toListed(release: SentryRelease, environment: string): ListedRelease {
  const { version, commit, dateCreated, dateReleased, firstEvent, platforms } = release;
  const births = [dateCreated, firstEvent].flatMap((text) => parseInstant(text) ?? []);
  return {
    release: version,
    commit,
    born: births.length === 0 ? null : Math.min(...births),
    released: deployedAt(release, environment) ?? parseInstant(dateReleased) ?? null,
    platforms,
  };
}

/**
 * Releases of which Sentry knows the commit tell what is deployed, where nothing else does.
 * @param span from the oldest instant of interest until now, by the provider's clock
 * @returns undefined where Sentry knows the commit of no release
 */
export async function readReleases(
  sentry: SentryAccess,
  list: () => Promise<readonly SentryRelease[]>,
  exposure: VerifyPorts["readExposure"],
  span: TimeSpan,
): Promise<ProductionHistory | undefined> {
  const releases = (await list()).filter(({ commit }) => commit !== null);
  if (releases.length === 0) return undefined;
  const isTold = releases.some((release) => deployedAt(release, sentry.environment) !== undefined);
  const traffic = isTold ? [] : await readTraffic(sentry, exposure, span);
  return fromReleases(releases, traffic, sentry.environment);
}

/** A week more than is needed here, so that counting errors against traffic later asks nothing again. */
async function readTraffic(
  { projects }: SentryAccess,
  { spans, sessions }: VerifyPorts["readExposure"],
  { from, until }: TimeSpan,
): Promise<readonly ExposureHistory[]> {
  const named = projects();
  for (const read of [spans, sessions]) {
    if (read === undefined) continue;
    const found = [...(await read(named.length > 0 ? named : [""], { from: from - WEEK, until })).values()];
    if (found.some(({ releases }) => releases.some(({ release }) => release !== null))) return found;
  }
  return [];
}

/**
 * A release is live from its deploy where Sentry is told of deploys, else from the first traffic that names it;
 * where there is no traffic either, from its first error. One without a sign is not live yet. Pure.
 */
export function fromReleases(
  releases: readonly SentryRelease[],
  traffic: readonly ExposureHistory[],
  environment: string,
): ProductionHistory {
  const isTold = releases.some((release) => deployedAt(release, environment) !== undefined);
  const findStart = (release: SentryRelease): number | undefined => {
    if (isTold) return deployedAt(release, environment);
    return traffic.length > 0 ? servedAt(release, traffic) : parseInstant(release.firstEvent);
  };
  const placed = releases.flatMap((release): Stretch[] => {
    const from = findStart(release);
    return from === undefined ? [] : [{ sha: release.commit, from }];
  });
  return {
    source: "sentry",
    history: placed.toSorted((a, b) => (b.from ?? 0) - (a.from ?? 0)),
    waiting: [],
  };
}

/** Where somebody tells Sentry of deploys, only those count. */
function deployedAt({ lastDeploy }: SentryRelease, environment: string): number | undefined {
  return lastDeploy?.environment === environment ? parseInstant(lastDeploy.dateFinished) : undefined;
}

function servedAt({ version }: SentryRelease, traffic: readonly ExposureHistory[]): number | undefined {
  const first = traffic.flatMap(({ from, releases }) => {
    const counts = releases.find(({ release }) => release === version)?.counts ?? [];
    const index = counts.findIndex((count) => count > 0);
    return index === -1 ? [] : [from + index * BUCKET];
  });
  return first.length === 0 ? undefined : Math.min(...first);
}

function parseInstant(text: string | null | undefined): number | undefined {
  const instant = Date.parse(text ?? "");
  return Number.isNaN(instant) ? undefined : instant;
}
