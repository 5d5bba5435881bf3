import { openPostHog } from "@patchpilot/connections";
import { isNotFound } from "@patchpilot/http";
import type { PostHog } from "@patchpilot/posthog";
import { isUnsupported } from "@patchpilot/sentry";
import { BUCKET } from "@patchpilot/verdict";
import type { VerifyInputs } from "../contract.ts";
import type { VerifyPorts } from "../ports.ts";
import type { ExposureHistory, TimeSpan } from "../questions/sources.ts";
import type { SentryAccess } from "./sentry.ts";
import type { VerifyAccess } from "./wires.ts";

/** PostHog may still be taking in what happened within these two minutes. */
const INGESTION_MS = 120_000;

/** What traffic is counted in, from the sources that are configured. */
export function openExposure(
  inputs: VerifyInputs,
  access: VerifyAccess,
  sentry: SentryAccess | undefined,
): VerifyPorts["readExposure"] {
  const posthog = openPostHog(inputs, access);
  return {
    ...(sentry && {
      spans: ofProjects(sentry, "spansByRelease"),
      sessions: ofProjects(sentry, "sessionsByRelease"),
    }),
    ...(posthog && { posthog: (projects, window) => ofEvents(posthog, projects, window) }),
  };
}

type Read = (projects: readonly string[], window: TimeSpan) => Promise<ReadonlyMap<string, ExposureHistory>>;

/** One request a project. What was read once over a longer time is not read again. */
function ofProjects(sentry: SentryAccess, source: keyof typeof HAS_NONE): Read {
  const known = new Map<
    string,
    { readonly window: TimeSpan; readonly reply: ReturnType<typeof readProject> }
  >();
  const read = (project: string, window: TimeSpan): ReturnType<typeof readProject> => {
    const before = known.get(project);
    if (before && before.window.from <= window.from && before.window.until >= window.until)
      return before.reply;
    const reply = readProject(sentry, source, project, window);
    known.set(project, { window, reply });
    return reply;
  };
  return async (projects, window) => {
    const found = await Promise.all(
      projects.map(async (project) => [project, await read(project, window)] as const),
    );
    return new Map(found.flatMap(([project, exposure]) => (exposure ? [[project, exposure]] : [])));
  };
}

/**
 * How a Sentry says that it has no such data. An older one refuses to be asked for spans; every version knows sessions, and
 * refuses them for another reason, which somebody has to hear.
 */
const HAS_NONE = { spansByRelease: isUnsupported, sessionsByRelease: isNotFound } as const;

/** Undefined where this Sentry has no such data. */
async function readProject(
  { ask, environment }: SentryAccess,
  source: keyof typeof HAS_NONE,
  project: string,
  { from, until }: TimeSpan,
): Promise<ExposureHistory | undefined> {
  try {
    const { partial, ...exposure } = await ask()[source]({
      start: new Date(from),
      end: new Date(until),
      environment,
      ...(project === "" ? {} : { projects: [project] }),
    });
    return partial ? undefined : { ...exposure, byRelease: true };
  } catch (error) {
    if (HAS_NONE[source](error)) return undefined;
    throw error;
  }
}

/** Product events know neither projects of Sentry nor releases: one series stands for all. */
async function ofEvents(
  posthog: PostHog,
  projects: readonly string[],
  window: TimeSpan,
): Promise<ReadonlyMap<string, ExposureHistory>> {
  const from = Math.floor(window.from / BUCKET) * BUCKET;
  const until = Math.floor((window.until - INGESTION_MS) / BUCKET) * BUCKET;
  const counts = await posthog.exposureSeries({
    events: "all",
    from: new Date(from),
    to: new Date(until),
    intervalSeconds: BUCKET / 1_000,
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
