import type { VirtualClock } from "../clock.ts";
import { type Simulator, simulate } from "../simulator.ts";
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
import type { NewIssue } from "./ingest.ts";
import { setStatus } from "./lifecycle.ts";
import { createSentryRoutes } from "./routes.ts";
import type { StoredSpan } from "./stored-span.ts";
import {
  findIssue,
  findProject,
  type IssueStatus,
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
export type SentrySimulator = Simulator & {
  /** Requests that no real caller may send; a test ends by expecting none. */
  readonly violations: readonly string[];
  /** Told of every new issue, with the GitHub issue that the integration would write. */
  readonly onNewIssue: (listener: (alert: SentryAlert) => void) => void;
  /** The DSN of a project for an SDK that posts to this address. */
  readonly dsn: (url: string, project?: string) => string;
  readonly recordEvent: (fed: FedEvents) => void;
  readonly recordSessions: (fed: FedTraffic) => void;
  readonly recordTransactions: (fed: FedTransactions) => void;
  readonly recordSpans: (fed: FedSpans) => void;
  /** From now on Explore looks at a part of the spans only, and says so; the numbers stay. */
  readonly setPartialScans: (partial: boolean) => void;
  /** Sentry's own detector finds an endpoint slower than before; it opens an issue, but no alert. */
  readonly addEndpointRegression: (fed: FedRegression) => StoredIssue;
  readonly recordRelease: (fed: FedRelease) => void;
  readonly recordDeploy: (version: string, environment: string, at?: number) => void;
  /** What the integration keeps after it opened an issue elsewhere. */
  readonly linkIssue: (
    issue: string,
    link: { readonly url: string; readonly key: string; readonly title: string },
  ) => void;
  /** By numeric or short id. */
  readonly setStatus: (issue: string, status: IssueStatus, inRelease?: string) => void;
  /** Whether Seer or a person has a fix underway. */
  readonly setOpenFixPr: (issue: string, hasOpenFixPr: boolean) => void;
  readonly issue: (idOrShortId: string) => StoredIssue;
  readonly issues: () => readonly StoredIssue[];
  readonly spans: () => readonly StoredSpan[];
};

/** Makes a simulated Sentry of one organization on the shared clock. */
export function createSentrySimulator(options: SentryOptions): SentrySimulator {
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
    handle: async (request) => withLimits(options.clock, await routes.fetch(request)),
    operationOf: ({ method, path }) => nameOperation(method, path),
  });
  return Object.assign(wire, {
    violations,
    onNewIssue: (listener: (alert: SentryAlert) => void) => void listeners.push(listener),
    dsn: (url: string, project?: string) => writeDsn(world, url, project),
    recordEvent: (fed: FedEvents) => feedEvents(world, fed).forEach(alert),
    recordSessions: (fed: FedTraffic) => feedSessions(world, fed),
    recordTransactions: (fed: FedTransactions) => feedTransactions(world, fed),
    recordSpans: (fed: FedSpans) => feedSpans(world, fed),
    addEndpointRegression: (fed: FedRegression) => addEndpointRegression(world, fed),
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
    linkIssue: (issue: string, link: { url: string; key: string; title: string }) => {
      const { integrationIssues } = requireIssue(world, issue);
      integrationIssues.push({ id: String(integrationIssues.length + 1), ...link });
    },
    setStatus: (issue: string, status: IssueStatus, inRelease?: string) =>
      setStatus(world, requireIssue(world, issue), status, inRelease),
    setPartialScans: (partial: boolean) => {
      world.scansAllSpans = !partial;
    },
    setOpenFixPr: (issue: string, hasOpenFixPr: boolean) => {
      requireIssue(world, issue).hasOpenFixPr = hasOpenFixPr;
    },
    issue: (idOrShortId: string) => requireIssue(world, idOrShortId),
    issues: () => [...world.issues.values()],
    spans: () => world.spans,
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
  const project = idOrSlug === undefined ? [...world.projects.values()][0] : findProject(world, idOrSlug);
  if (project === undefined) throw new Error(`The simulated Sentry has no project ${idOrSlug ?? "at all"}.`);
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
