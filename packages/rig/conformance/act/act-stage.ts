import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { listen, listenAs, VirtualClock } from "@patchpilot/simulators";
import {
  createGitHubSimulator,
  createGitHubWorld,
  GITHUB_ACTIONS_BOT,
  type GitHubEvent,
  type GitHubSimulator,
  type GitHubWorld,
} from "@patchpilot/simulators/github";
import { createSentrySimulator, type SentrySimulator } from "@patchpilot/simulators/sentry";

export const ACT_REPOSITORY = "acme/shop";
const STATE_KEY = "0123456789abcdef0123456789abcdef";
const SENTRY_TOKEN = "sntryu_0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

/** GitHub and Sentry on loopback, wired as an integration wires them, and what a workflow needs to reach them. */
export type ActStage = {
  readonly github: GitHubSimulator;
  readonly sentry: SentrySimulator;
  readonly world: GitHubWorld;
  /** Everything that happened on GitHub, oldest first. */
  readonly events: readonly GitHubEvent[];
  readonly variables: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  readonly environment: Readonly<Record<string, string>>;
  readonly close: () => Promise<void>;
};

export async function openActStage(): Promise<ActStage> {
  const folder = mkdtempSync(join(tmpdir(), "patchpilot-act-stage-"));
  const gitDirectory = join(folder, "shop.git");
  const clock = new VirtualClock(new Date().toISOString());
  const files = { "src/cart.js": "export const total = (items) => items.sum;\n" };
  const repositories = [{ owner: "acme", name: "shop", gitDir: gitDirectory, files }];
  const world = createGitHubWorld({ clock, repositories });
  const github = createGitHubSimulator(world);
  const githubAt = await listen(github);
  const { simulator: sentry, door: sentryAt } = await listenAs((url) => createSentry(clock, url));
  const events: GitHubEvent[] = [];
  world.onEvent((event) => events.push(event));
  openIssuesFor(sentry, world);
  return {
    github,
    sentry,
    world,
    events,
    variables: {
      SENTRY_ORG: "acme",
      SENTRY_PROJECTS: "shop",
      SENTRY_URL: sentryAt.url,
      PATCHPILOT_AGENT: "command",
      PATCHPILOT_AGENT_COMMAND: "sed -i 's/items.sum/0/' src/cart.js",
      PATCHPILOT_TEST_COMMAND: "grep -q '=> 0' src/cart.js",
    },
    secrets: { GITHUB_TOKEN: mintToken(world), PATCHPILOT_STATE_KEY: STATE_KEY, SENTRY_TOKEN },
    environment: {
      GITHUB_API_URL: githubAt.url,
      GITHUB_GRAPHQL_URL: `${githubAt.url}/graphql`,
      STAND_IN_REPOSITORY: gitDirectory,
      STAND_IN_ARTIFACTS: join(folder, "artifacts"),
    },
    close: async () => {
      await Promise.all([githubAt.close(), sentryAt.close()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A Sentry whose links lead to `webUrl`. */
const createSentry = (clock: VirtualClock, webUrl: string): SentrySimulator =>
  createSentrySimulator({
    clock,
    organization: "acme",
    projects: [{ id: "42", slug: "shop", platform: "node" }],
    tokens: { [SENTRY_TOKEN]: ["event:read", "org:read", "project:read"] },
    webUrl,
  });

/** What Sentry's GitHub integration does under an alert rule. */
function openIssuesFor(sentry: SentrySimulator, world: GitHubWorld): void {
  sentry.onNewIssue(({ title, body, shortId }) => {
    const issue = world.as("sentry[bot]").openIssue({ title, body });
    const url = `https://github.com/${ACT_REPOSITORY}/issues/${issue.number}`;
    sentry.linkIssue(shortId, { url, key: `${ACT_REPOSITORY}#${issue.number}`, title });
  });
}

/** act knows no `permissions:`, so that one token has what the jobs of both workflows have together. */
function mintToken(world: GitHubWorld): string {
  const permissions = {
    issues: "write",
    contents: "write",
    pull_requests: "write",
    actions: "read",
    deployments: "read",
  } as const;
  return world.mintToken({ actor: GITHUB_ACTIONS_BOT, permissions, repositories: [ACT_REPOSITORY] });
}
