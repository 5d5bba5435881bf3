import { createHttp, HttpFailure } from "@patchpilot/http";
import { connectSentry, type ReleaseExposure, type Sentry } from "@patchpilot/sentry";
import { DAY } from "@patchpilot/time";
import { type Answer, openAsking } from "../asking.ts";
import { BUDGET, type CheckWires } from "../wires.ts";
import { projectsNamed, type SentryFacts, type SentrySettings, type Traffic } from "./facts.ts";

type SentryLogin = { readonly token: string; readonly organization: string };

/** Asks Sentry about everything that the loop reads there: at most nine requests. */
export async function readSentry(
  settings: SentrySettings,
  login: SentryLogin,
  now: Date,
  wires: CheckWires,
): Promise<SentryFacts> {
  const { fetch, ask } = openAsking(wires.fetch);
  // One client for all that is asked: they share its budget.
  const http = createHttp({ name: "Sentry", retries: 1, budget: BUDGET, ...wires, fetch });
  const open = (projects: readonly string[]): Sentry =>
    connectSentry({ ...login, url: settings["sentry-url"], projects, http });
  // Opened within the question: an organization that cannot be one is an answer, too.
  const organization = await ask(async () => open([]).readOrganization());
  if (organization.state === "refused") return { organization };
  const projects = await ask(async () => (await open([]).listProjects()).rows);
  if (projects.state === "refused") return { organization, projects };
  const known = projectsNamed(settings["sentry-projects"], projects.value);
  if (known.length === 0) return { organization, projects };

  const sentry = open(known.map(({ slug }) => slug));
  const { environment } = settings;
  const window = { start: new Date(now.getTime() - DAY), end: now, environment };
  return {
    organization,
    projects,
    environments: await ask(() => sentry.listEnvironments(known)),
    issues: await ask(async () => {
      const { rows } = await sentry.listIssues({ query: "is:unresolved", environment, maxPages: 1 });
      return rows.length;
    }),
    errors: await ask(() => sentry.countErrors(window)),
    traffic: await readTraffic(sentry, window, ask),
    releases: await ask(async () => (await sentry.listReleases({ environment, maxPages: 1 })).rows),
  };
}

/** Requests if there are traces, else sessions: what `verify-recovery` counts errors against. */
async function readTraffic(
  sentry: Sentry,
  window: { readonly start: Date; readonly end: Date; readonly environment: string },
  ask: <T>(question: () => Promise<T>) => Promise<Answer<T>>,
): Promise<Answer<Traffic>> {
  return ask(async () => {
    const requests = await sentry.spansByRelease(window).then(sumExposure, withoutSpans);
    if (requests > 0) return { count: requests, unit: "requests" };
    return { count: sumExposure(await sentry.sessionsByRelease(window)), unit: "sessions" };
  });
}

/** A Sentry without spans refuses the question; its sessions may still count. */
function withoutSpans(error: unknown): number {
  if (error instanceof HttpFailure && ["rejected", "not-found"].includes(error.kind)) return 0;
  throw error;
}

const sumExposure = ({ releases, other }: ReleaseExposure): number =>
  Math.round([...releases.flatMap(({ counts }) => counts), ...other].reduce((sum, count) => sum + count, 0));
