import { join } from "node:path";
import type { DispatchEvent } from "@patchpilot/simulators";
import { type AppProcess, startApp } from "../shop/app-process.ts";
import type { Domain } from "../shop/domain.ts";
import { DEMO_NAMES } from "./names.ts";
import type { Services } from "./services.ts";

/** What Vercel does beyond its API: it builds what is pushed, and gives visitors what is live. */
export type Hosting = ReturnType<typeof createHosting>;

export function createHosting(services: Services, domain: Domain, folder: string) {
  const builds = new Map<string, Promise<AppProcess>>();
  const ready = new Map<string, AppProcess>();
  const waiting = new Set<string>();
  let live: AppProcess | undefined;
  const build = async (sha: string): Promise<AppProcess> => {
    const app = await startDeployment(services, sha, folder);
    ready.set(sha, app);
    return app;
  };
  const promote = (sha: string): void => {
    const next = ready.get(sha);
    if (next === undefined) throw new Error(`Commit ${sha} went live before its app was built.`);
    if (live !== undefined && live !== next) void live.stop();
    live = next;
    domain.pointTo(next.port);
    waiting.delete(sha);
  };
  return {
    /** A commit reached the production branch: the build begins. */
    pushed: (sha: string, message: string): void => {
      waiting.add(sha);
      const app = build(sha);
      app.catch(() => undefined); // told by `built`
      builds.set(sha, app);
      const git = { sha, repository: DEMO_NAMES.repository, ref: "main", message };
      services.vercel.deploy({ project: DEMO_NAMES.vercelProject, git });
    },
    /** Whether a deployment is under way. */
    isBusy: () => waiting.size > 0,
    /** Resolves when every build that began has its app ready to serve. */
    built: async () => void (await Promise.all(builds.values())),
    /** To be told what Vercel sends; from `promoted` on visitors get the new deployment. */
    heard: ({ event_type, client_payload }: DispatchEvent): void => {
      if (event_type === "vercel.deployment.promoted") promote(client_payload.git.sha);
    },
    /** The app that visitors get. */
    live: () => live,
    close: async () => {
      const apps = await Promise.allSettled(builds.values());
      await Promise.all(apps.map(async (app) => app.status === "fulfilled" && app.value.stop()));
    },
  };
}

/** Starts the app at a commit, with the services that the shop reports to. */
const startDeployment = (services: Services, sha: string, folder: string): Promise<AppProcess> =>
  startApp({
    sha,
    gitDirectory: services.gitDirectory,
    folder: join(folder, "deployments", sha.slice(0, 7)),
    environment: {
      SENTRY_DSN: services.sentry.dsn(services.urls.sentry),
      POSTHOG_HOST: services.urls.posthog,
      POSTHOG_KEY: DEMO_NAMES.posthogToken,
    },
  });
