import { join } from "node:path";
import {
  createGitHubSimulator,
  createGitHubWorld,
  createPostHogSimulator,
  createSentrySimulator,
  createVercelSimulator,
  type DispatchEvent,
  listen,
  listenAs,
  type SentrySimulator,
  type VirtualClock,
} from "@patchpilot/simulators";
import { DEMO_NAMES, SECRETS } from "./names.ts";

/** The four services, simulated on this machine and serving on loopback. */
export type Services = Awaited<ReturnType<typeof openServices>>;

export type ServicesRequest = {
  readonly clock: VirtualClock;
  readonly folder: string;
  /** First commit of the repository. */
  readonly files: Readonly<Record<string, string>>;
  /** Told what Vercel's GitHub app sends to the repository. */
  readonly onVercelEvent: (event: DispatchEvent) => void;
};

export async function openServices(request: ServicesRequest) {
  const { clock, folder, files, onVercelEvent } = request;
  const gitDirectory = join(folder, "shop.git");
  const github = createGitHubWorld({
    clock,
    repositories: [
      { owner: DEMO_NAMES.owner, name: "shop", id: DEMO_NAMES.repositoryId, gitDir: gitDirectory, files },
    ],
    // Reserved for examples: no link of the story leads to anybody's repository.
    serverUrl: "https://github.example",
    identities: [{ login: DEMO_NAMES.stranger, id: 9_002, type: "User" }],
  });
  github.setRole(DEMO_NAMES.maintainer, "write");
  const githubApi = createGitHubSimulator(github);
  const vercel = createVercelSimulator({ clock, token: SECRETS.VERCEL_TOKEN, onEvent: onVercelEvent });
  vercel.createProject({ name: DEMO_NAMES.vercelProject, domains: ["shop.example"] });
  const posthog = createPostHogSimulator({
    clock,
    projectId: DEMO_NAMES.posthogProject,
    projectToken: DEMO_NAMES.posthogToken,
    keys: { [SECRETS.POSTHOG_API_KEY]: ["query:read"] },
  });
  const sentry = await listenAs((webUrl) => createSentry(clock, webUrl));
  const doors = {
    github: await listen(githubApi),
    sentry: sentry.door,
    vercel: await listen(vercel),
    posthog: await listen(posthog),
  };
  return {
    github,
    githubApi,
    sentry: sentry.simulator,
    vercel,
    posthog,
    urls: {
      github: doors.github.url,
      sentry: doors.sentry.url,
      vercel: doors.vercel.url,
      posthog: doors.posthog.url,
    },
    gitDirectory,
    close: async () => void (await Promise.all(Object.values(doors).map((door) => door.close()))),
  };
}

/** A Sentry whose links lead to `webUrl`. */
const createSentry = (clock: VirtualClock, webUrl: string): SentrySimulator =>
  createSentrySimulator({
    clock,
    organization: DEMO_NAMES.owner,
    projects: [DEMO_NAMES.sentryProject],
    tokens: { [SECRETS.SENTRY_TOKEN]: ["event:read", "org:read", "project:read"] },
    webUrl,
  });
