import { openPostHog } from "@patchpilot/connections";
import { HttpFailure } from "@patchpilot/http";
import type { PostHog } from "@patchpilot/posthog";
import type { Exposure as SentryExposure } from "@patchpilot/sentry";
import { BUCKET_MS } from "@patchpilot/verdict";
import type { Exposure, Inputs, Ports, Window } from "../ports.ts";
import type { Wires } from "./connect.ts";
import type { SentryAccess } from "./sentry.ts";

/** PostHog may still be taking in what happened within these two minutes. */
const INGESTION_MS = 120_000;

/** What traffic is counted in, from the sources that are configured. */
export function openExposure(
  inputs: Inputs,
  secrets: Readonly<Record<string, string>>,
  wires: Wires,
  sentry: SentryAccess | undefined,
): Ports["readExposure"] {
  const posthog = openPostHog(inputs, { secrets, ...wires });
  return {
    ...(sentry && {
      spans: ofProjects(sentry, "spansByRelease"),
      sessions: ofProjects(sentry, "sessionsByRelease"),
    }),
    ...(posthog && { posthog: (projects, window) => ofEvents(posthog, projects, window) }),
  };
}

type Read = (projects: readonly string[], window: Window) => Promise<ReadonlyMap<string, Exposure>>;

/** One request a project. What was read once over a longer time is not read again. */
function ofProjects(sentry: SentryAccess, source: "spansByRelease" | "sessionsByRelease"): Read {
  const known = new Map<string, Promise<Exposure | undefined>>();
  const asked = new Map<string, Window>();
  const read = (project: string, window: Window): Promise<Exposure | undefined> => {
    const before = asked.get(project);
    const kept = known.get(project);
    if (kept && before && before.from <= window.from && before.until >= window.until) return kept;
    const fresh = readProject(sentry, source, project, window);
    known.set(project, fresh);
    asked.set(project, window);
    return fresh;
  };
  return async (projects, window) => {
    const found = await Promise.all(
      projects.map(async (project) => [project, await read(project, window)] as const),
    );
    return new Map(found.flatMap(([project, exposure]) => (exposure ? [[project, exposure]] : [])));
  };
}

/** Undefined where this Sentry has no such data: an older one refuses the question itself. */
async function readProject(
  { ask, environment }: SentryAccess,
  source: "spansByRelease" | "sessionsByRelease",
  project: string,
  { from, until }: Window,
): Promise<Exposure | undefined> {
  try {
    const exposure = await ask()[source]({
      start: new Date(from),
      end: new Date(until),
      environment,
      ...(project === "" ? {} : { projects: [project] }),
    });
    return exposure.partial ? undefined : toExposure(exposure);
  } catch (error) {
    if (error instanceof HttpFailure && error.kind === "rejected") return undefined;
    throw error;
  }
}

const toExposure = ({ from, releases, other, sampleRates }: SentryExposure): Exposure => ({
  from,
  releases,
  other,
  sampleRates,
  byRelease: true,
});

/** Product events know neither projects of Sentry nor releases: one series stands for all. */
async function ofEvents(
  posthog: PostHog,
  projects: readonly string[],
  window: Window,
): Promise<ReadonlyMap<string, Exposure>> {
  const from = Math.floor(window.from / BUCKET_MS) * BUCKET_MS;
  const until = Math.floor((window.until - INGESTION_MS) / BUCKET_MS) * BUCKET_MS;
  const counts = await posthog.exposureSeries({
    events: "all",
    from: new Date(from),
    to: new Date(until),
    intervalSeconds: BUCKET_MS / 1_000,
  });
  const exposure = {
    from,
    releases: [{ release: null, counts }],
    other: [],
    sampleRates: [],
    byRelease: false,
  };
  return new Map(projects.map((project) => [project, exposure]));
}
