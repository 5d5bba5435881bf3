import type { VirtualClock } from "../clock.ts";
import { simulate } from "../simulator.ts";
import { addEndpointRegression, type FedRegression } from "./endpoint-regression.ts";
import type { ExploreGap } from "./explore-data.ts";
import {
  type FedEvents,
  type FedRelease,
  type FedSpans,
  type FedTraffic,
  type FedTransactions,
  feedEvents,
  feedRelease,
  feedSessions,
  feedSpans,
  feedTransactions,
} from "./feeding.ts";
import { type AlertRule, type GitHubIssueText, writeGitHubIssue } from "./github-issue.ts";
import { emptyIntake, workOffBacklog } from "./intake.ts";
import { setStatus } from "./lifecycle.ts";
import { addOccurrence, type FedOccurrence } from "./occurrence.ts";
import { createSentryRoutes } from "./routes.ts";
import type { NewIssue } from "./store-event.ts";
import type { Lateness, Leak } from "./stored-intake.ts";
import type { StoredSpan } from "./stored-span.ts";
import {
  findIssue,
  type IssueStatus,
  requireProject,
  type SentryWorld,
  type StoredIssue,
  type StoredProject,
} from "./world.ts";

export type SentryOptions = {
  readonly clock: VirtualClock;
  /** The organization's slug. */
  readonly organization: string;
  readonly projects: readonly { readonly id: string; readonly slug: string; readonly platform?: string }[];
  /** Token -> scopes, as `event:read`, `org:read`, `project:read`, `event:write`. */
  readonly tokens: Readonly<Record<string, readonly string[]>>;
  /** What links in issues begin with; default `https://sentry.io`. */
  readonly webUrl?: string;
  /** What the organization's record names as its region; default "", as on self-hosted. */
  readonly regionUrl?: string;
  /** What this Sentry is too old or too small for. */
  readonly gaps?: readonly ExploreGap[];
  /** Default: "New issues to GitHub". */
  readonly alertRule?: AlertRule;
};

/** What an alert rule hands to the GitHub integration when an issue appears. */
export type SentryAlert = GitHubIssueText & { readonly issueId: string; readonly shortId: string };

/** A simulated Sentry: its API, the door for SDKs, and the hands of people and integrations. */
export type SentrySimulator = ReturnType<typeof createSentrySimulator>;

/** Makes a simulated Sentry of one organization on the shared clock. */
export function createSentrySimulator(options: SentryOptions) {
  const world = createWorld(options);
  const violations: string[] = [];
  const listeners: ((alert: SentryAlert) => void)[] = [];
  const rule = options.alertRule ?? { name: "New issues to GitHub", id: "42" };
  const alert = ({ issue, event }: NewIssue): void => {
    const { id: issueId, shortId } = issue;
    for (const listener of listeners)
      listener({ ...writeGitHubIssue(world, issue, event, rule), issueId, shortId });
  };
  const routes = createSentryRoutes(world, {
    regionUrl: options.regionUrl ?? "",
    gaps: new Set(options.gaps ?? []),
    onNewIssue: alert,
    violation: (what) => violations.push(what),
  });
  const wire = simulate({
    clock: options.clock,
    handle: async (request) => {
      workOffBacklog(world).forEach(alert);
      return withLimits(options.clock, await routes.fetch(request));
    },
    operationOf: ({ method, path }) => nameOperation(method, path),
  });
  return Object.assign(wire, {
    /** Requests that no real caller may send; a test ends by expecting none. */
    violations: violations as readonly string[],
    /** Hears of every new issue, with the GitHub issue that the integration would write. */
    onNewIssue: (listener: (alert: SentryAlert) => void) => void listeners.push(listener),
    /** The DSN of a project for an SDK that posts to this address. */
    dsn: (url: string, project?: string) => writeDsn(world, url, project),
    recordEvent: (fed: FedEvents) => feedEvents(world, fed).forEach(alert),
    recordSessions: (fed: FedTraffic) => feedSessions(world, fed),
    recordTransactions: (fed: FedTransactions) => feedTransactions(world, fed),
    recordSpans: (fed: FedSpans) => feedSpans(world, fed),
    /** Sentry's own detector finds an endpoint slower than before; it opens an issue, but no alert. */
    addEndpointRegression: (fed: FedRegression) => addEndpointRegression(world, fed),
    /** A detector, a monitor, a form or a browser reports something, and the alert rule hears of it. */
    recordOccurrence: (fed: FedOccurrence) => alert(addOccurrence(world, fed)),
    recordRelease: (fed: FedRelease) => feedRelease(world, fed),
    ...hands(world),
  });
}

/** What people and integrations do in Sentry by hand. */
function hands(world: SentryWorld) {
  return {
    recordDeploy: (version: string, environment: string, at = world.clock.now()) => {
      const release = world.releases.get(version);
      if (release === undefined) throw new Error(`The simulated Sentry has no release ${version}.`);
      release.deploys.unshift({ id: String(release.deploys.length + 1), environment, at, url: null });
    },
    /** What the integration keeps after it opened an issue elsewhere. */
    linkIssue: (issue: string, link: { url: string; key: string; title: string }) => {
      const { integrationIssues } = requireIssue(world, issue);
      integrationIssues.push({ id: String(integrationIssues.length + 1), ...link });
    },
    /** By numeric or short id. */
    setStatus: (issue: string, status: IssueStatus, inRelease?: string) =>
      setStatus(world, requireIssue(world, issue), status, inRelease),
    /** From now on Explore looks at a part of the spans only, and says so; the numbers stay. */
    setPartialScans: (partial: boolean) => {
      world.scansAllSpans = !partial;
    },
    /** From now on, or as it says, events are lost on their way, and counted as such. */
    addLeak: (leak: Leak) => void world.intake.leaks.push({ leak, owed: 0 }),
    /** Events of a stretch are stored later than they happen. */
    addDelay: (delay: Lateness) => void world.intake.delays.push(delay),
    /** Whether Seer or someone has a fix underway. */
    setOpenFixPr: (issue: string, hasOpenFixPr: boolean) => {
      requireIssue(world, issue).hasOpenFixPr = hasOpenFixPr;
    },
    /** Somebody deletes it, or merges it into another: its number and its short id lead nowhere. */
    deleteIssue: (issue: string) => void world.issues.delete(requireIssue(world, issue).id),
    issue: (idOrShortId: string) => requireIssue(world, idOrShortId),
    issues: (): readonly StoredIssue[] => [...world.issues.values()],
    spans: (): readonly StoredSpan[] => world.spans,
  };
}

function createWorld(options: SentryOptions): SentryWorld {
  const projects = options.projects.map(({ id, slug, platform = "node" }): StoredProject => {
    return { id, slug, name: slug, platform, publicKey: `public${id}`, lastShortId: 0 };
  });
  return {
    clock: options.clock,
    organization: options.organization,
    tokens: new Map(Object.entries(options.tokens)),
    projects: new Map(projects.map((project) => [project.id, project])),
    issues: new Map(),
    issuesByFingerprint: new Map(),
    eventCount: 0,
    intake: emptyIntake(),
    releases: new Map(),
    sessions: [],
    spans: [],
    scansAllSpans: true,
    webUrl: options.webUrl ?? "https://sentry.io",
  };
}

function requireIssue(world: SentryWorld, idOrShortId: string): StoredIssue {
  const issue = findIssue(world, idOrShortId);
  if (issue === undefined) throw new Error(`The simulated Sentry has no issue ${idOrShortId}.`);
  return issue;
}

function writeDsn(world: SentryWorld, url: string, idOrSlug?: string): string {
  const project = requireProject(world, idOrSlug);
  const { protocol, host } = new URL(url);
  return `${protocol}//${project.publicKey}@${host}/${project.id}`;
}

/** Every reply of Sentry's API tells how much may still be asked. */
function withLimits(clock: VirtualClock, reply: Response): Response {
  const limits = {
    Limit: 40,
    Remaining: 39,
    Reset: Math.ceil(clock.now() / 1_000) + 1,
    ConcurrentLimit: 25,
    ConcurrentRemaining: 24,
  };
  for (const [name, value] of Object.entries(limits))
    reply.headers.set(`X-Sentry-Rate-Limit-${name}`, String(value));
  return reply;
}

/** Method and path with what is variable in braces. */
function nameOperation(method: string, path: string): string {
  const [pathname = ""] = path.split("?");
  const name = pathname
    .replace(/^\/api\/0\/organizations\/[^/]+/, "")
    .replace(/^\/api\/\d+\//, "/{project}/")
    .replace(/^\/(issues|shortids|releases)\/[^/]+/, "/$1/{id}")
    .replace(/\/events\/[^/]+\/$/, "/events/{event}/");
  return `${method} ${name || "/"}`;
}
