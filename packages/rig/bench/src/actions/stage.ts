import {
  createGitHubSimulator,
  createGitHubWorld,
  createPostHogSimulator,
  createSentrySimulator,
  createVercelSimulator,
  GITHUB_ACTIONS_BOT,
  type GitHubWorld,
  type Listening,
  listen,
  listenAs,
  type SentrySimulator,
  type Simulator,
  simulate,
  VirtualClock,
} from "@patchpilot/simulators";
import { createStopwatch } from "./stopwatch.ts";

export const BENCH_PROVIDERS = ["github", "sentry", "vercel", "posthog", "health"] as const;
export type Provider = (typeof BENCH_PROVIDERS)[number];

/** Names and secrets of the simulated services; the secrets open nothing. */
export const BENCH_NAMES = {
  repository: "acme/shop",
  repositoryId: 4_242,
  stateKey: "0123456789abcdef0123456789abcdef",
  sentryProject: { id: "42", slug: "shop" },
  sentryToken: "simulated-sentry-token",
  vercelProject: "shop",
  vercelToken: "simulated-vercel-token",
  posthogProject: "7",
  posthogKey: "phx_simulated-posthog-key",
} as const;

/** The services of one measurement on one virtual clock, each served on loopback. */
export type BenchStage = Awaited<ReturnType<typeof openStage>>;

/**
 * @param latencyMs waited before each reply of every service
 * @param gitDir where the repository lies on disk; absent: nowhere
 * @param files of the repository
 */
export async function openStage(latencyMs: number, gitDir?: string, files: Files = FILES) {
  const clock = new VirtualClock("2026-03-02T18:00:00Z");
  const world = createWorld(clock, gitDir, files);
  const github = createGitHubSimulator(world);
  const { vercel, posthog, health } = createOthers(clock);
  const stopwatch = createStopwatch();
  const serve = (simulator: Simulator) => listen(stopwatch.time(simulator), { latencyMs });
  const { simulator: sentry, door } = await listenAs((url) => createSentry(clock, url), serve);
  const simulators: Record<Provider, Simulator> = { github, sentry, vercel, posthog, health };
  const doors: Record<Provider, Listening> = {
    github: await serve(github),
    sentry: door,
    vercel: await serve(vercel),
    posthog: await serve(posthog),
    health: await serve(health),
  };
  return {
    clock,
    world,
    /** Wires to GitHub break as this says. */
    breakGitHub: (faults: Simulator["faults"]) => {
      github.faults = faults;
    },
    sentry,
    vercel,
    posthog,
    urls: eachProvider((provider) => doors[provider].url),
    githubToken: mintToken(world),
    /** What was asked of each service since the last call of `forget`, oldest first. */
    asked: () => eachProvider((provider) => simulators[provider].requests.map(({ operation }) => operation)),
    forget: () => {
      for (const { requests } of Object.values(simulators)) requests.length = 0;
      stopwatch.reset();
    },
    /** Milliseconds in which a service was at work on an answer: time that the real ones would spend elsewhere. */
    answeredMs: stopwatch.read,
    /** Requests that the real services would not know; empty, or the figures mean nothing. */
    violations: (): readonly string[] =>
      [github, sentry, vercel, posthog].flatMap((service) => [...service.violations]),
    close: async () => void (await Promise.all(Object.values(doors).map((each) => each.close()))),
  };
}

type Files = Readonly<Record<string, string>>;
const FILES: Files = { "README.md": "# shop\n", "src/checkout.ts": "export const total = 1;\n" };

function createWorld(clock: VirtualClock, gitDir: string | undefined, files: Files): GitHubWorld {
  const shop = { owner: "acme", name: "shop", id: BENCH_NAMES.repositoryId, files };
  const world = createGitHubWorld({
    clock,
    repositories: [gitDir === undefined ? shop : { ...shop, gitDir }],
  });
  world.setRole("maintainer", "admin");
  return world;
}

/** The services whose addresses appear in nothing that they answer. */
function createOthers(clock: VirtualClock) {
  const vercel = createVercelSimulator({ clock, token: BENCH_NAMES.vercelToken });
  vercel.createProject({ name: BENCH_NAMES.vercelProject, domains: ["shop.example"] });
  const posthog = createPostHogSimulator({
    clock,
    projectId: BENCH_NAMES.posthogProject,
    projectToken: "phc_simulated",
    keys: { [BENCH_NAMES.posthogKey]: ["query:read"] },
  });
  const health = simulate({
    clock,
    handle: async () => new Response("ok"),
    operationOf: ({ method, path }) => `${method} ${path}`,
  });
  return { vercel, posthog, health };
}

/** One value for each provider. */
export function eachProvider<T>(value: (provider: Provider) => T): Record<Provider, T> {
  return Object.fromEntries(BENCH_PROVIDERS.map((provider) => [provider, value(provider)])) as Record<
    Provider,
    T
  >;
}

/** A Sentry whose links lead to `webUrl`. */
const createSentry = (clock: VirtualClock, webUrl: string): SentrySimulator =>
  createSentrySimulator({
    clock,
    organization: "acme",
    projects: [BENCH_NAMES.sentryProject],
    tokens: { [BENCH_NAMES.sentryToken]: ["event:read", "org:read", "project:read"] },
    webUrl,
  });

/** What the jobs of the README's workflow have together. */
function mintToken(world: GitHubWorld): string {
  const permissions = {
    issues: "write",
    contents: "write",
    pull_requests: "read",
    actions: "read",
    deployments: "read",
  } as const;
  return world.mintToken({ actor: GITHUB_ACTIONS_BOT, permissions, repositories: [BENCH_NAMES.repository] });
}
