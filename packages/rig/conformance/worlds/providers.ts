import {
  createPostHogSimulator,
  createSentrySimulator,
  createVercelSimulator,
  type PostHogSimulator,
  type SdkEvent,
  type SentrySimulator,
  type VercelSimulator,
} from "@patchpilot/simulators";
import type { VirtualClock } from "@patchpilot/simulators/clock";
import { HOUR, MINUTE, WEEK } from "@patchpilot/time";
import { SHOP, type TestWorld } from "./world.ts";

/** Inputs with which `verify-recovery` asks the Sentry of `addSentry`. */
export const SENTRY_INPUTS = {
  "sentry-token": "reader",
  "sentry-org": "acme",
  "sentry-projects": "shop",
} as const;

/** Inputs with which it asks the Vercel of `addVercel`. */
export const VERCEL_INPUTS = { "vercel-token": "vercel", "vercel-project": "shop" } as const;

/** A Sentry of one project at an address, in which nothing has happened yet. */
export function addSentry(
  { clock, providers }: TestWorld,
  url = "https://sentry.io",
  platform?: string,
): SentrySimulator {
  const sentry = createSentry(clock, url, undefined, platform);
  providers.set(url, sentry);
  return sentry;
}

/** The same at an address of its own, as where it is self-hosted: links in its issues lead there. */
export const createSentry = (
  clock: VirtualClock,
  webUrl: string,
  projects: readonly string[] = ["shop"],
  platform = "node",
): SentrySimulator =>
  createSentrySimulator({
    clock,
    organization: SENTRY_INPUTS["sentry-org"],
    projects: projects.map((slug, index) => ({ id: String(42 + index), slug, platform })),
    tokens: { [SENTRY_INPUTS["sentry-token"]]: ["event:write", "org:read", "project:read"] },
    webUrl,
  });

/** A Vercel of one project, in which nothing is deployed yet. */
export function addVercel({ clock, providers }: TestWorld): VercelSimulator {
  const vercel = createVercelSimulator({ clock, token: VERCEL_INPUTS["vercel-token"] });
  vercel.createProject({ name: VERCEL_INPUTS["vercel-project"] });
  providers.set("https://api.vercel.com", vercel);
  return vercel;
}

/** Deploys a commit to production and waits until visitors get it. */
export function deployToVercel({ clock }: TestWorld, vercel: VercelSimulator, sha: string): string {
  const deployment = vercel.deploy({
    project: VERCEL_INPUTS["vercel-project"],
    git: { sha, repository: SHOP },
  });
  clock.advance(2 * MINUTE);
  vercel.tick();
  if (deployment === undefined) throw new Error("Vercel made no deployment.");
  return deployment.id;
}

const POSTHOG_HOST = "https://us.posthog.com";

/** Inputs with which `impact` counts in the PostHog of `addPostHog`. */
export const POSTHOG_INPUTS = {
  "posthog-api-key": "phx_reader",
  "posthog-host": POSTHOG_HOST,
  "posthog-project-id": "7",
  events: "checkout",
} as const;

/** A PostHog in which fewer people checked out than a week ago. */
export function addPostHog({ clock, providers }: TestWorld): PostHogSimulator {
  const posthog = createPostHogSimulator({
    clock,
    projectId: POSTHOG_INPUTS["posthog-project-id"],
    projectToken: "phc_shop",
    keys: { [POSTHOG_INPUTS["posthog-api-key"]]: ["query:read"] },
  });
  const checkouts = (count: number, at: number) =>
    Array.from({ length: count }, (_, person) => ({ event: "checkout", distinctId: `p${person}`, at }));
  posthog.recordEvents(checkouts(40, clock.now() - HOUR));
  posthog.recordEvents(checkouts(160, clock.now() - HOUR - WEEK));
  providers.set(POSTHOG_HOST, posthog);
  return posthog;
}

/** A crash in one place of the app; another `place` is another issue. */
function crashIn(place: string): SdkEvent {
  const frames = [{ filename: "src/checkout.ts", function: place, lineno: 7, in_app: true }];
  const mechanism = { type: "generic", handled: false };
  const values = [{ type: "TypeError", value: "cannot read total", mechanism, stacktrace: { frames } }];
  return { exception: { values } };
}

/** What happens in production over a stretch of time. */
export type Life = {
  readonly from: number;
  readonly until: number;
  /** null: it names none. */
  readonly release: string | null;
  /** Default `production`. */
  readonly environment?: string;
  /** Sessions an hour; 0: nobody is there. Default 120. */
  readonly sessions?: number;
  /** Minutes from one crash to the next; absent: none. */
  readonly crashEvery?: number;
  readonly place?: string;
  /** Slug of the project in Sentry; absent: the only one. */
  readonly project?: string;
};

/** Records traffic and crashes of one release. */
export function live(sentry: SentrySimulator, life: Life): void {
  const { from, until, release, sessions = 120, crashEvery, place = "checkout" } = life;
  const where = {
    ...(release === null ? {} : { release }),
    ...(life.environment === undefined ? {} : { environment: life.environment }),
    ...(life.project === undefined ? {} : { project: life.project }),
  };
  for (let at = from; at < until; at += HOUR / 12)
    if (sessions > 0) sentry.recordSessions({ at, count: sessions / 12, ...where });
  if (crashEvery === undefined) return;
  const instants: number[] = [];
  for (let at = from; at < until; at += crashEvery * MINUTE) instants.push(at);
  sentry.recordEvent({ event: crashIn(place), instants, ...where });
}
