import { VirtualClock } from "../../clock.ts";
import { createGitHubWorld, type GitHubWorld } from "../github-world.ts";
import { createGitHubSimulator, type GitHubSimulator } from "../simulator.ts";
import { GITHUB_ACTIONS_BOT, type GitHubAccount } from "../state/accounts/identity.ts";
import type { TokenPermissions } from "../state/accounts/permissions.ts";
import type { WorldOptions } from "../state/world.ts";

type Answer = {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into replies that the simulator has checked already.
  readonly body: any;
  readonly headers: Headers;
};

/** A simulated GitHub with one repository, acme/shop, and short ways to ask it. */
export type OpenGitHub = {
  readonly clock: VirtualClock;
  readonly world: GitHubWorld;
  readonly simulator: GitHubSimulator;
  readonly token: (permissions?: TokenPermissions, actor?: GitHubAccount) => string;
  readonly rest: (
    token: string,
    route: string,
    body?: unknown,
    headers?: Record<string, string>,
  ) => Promise<Answer>;
  readonly graphql: (token: string, query: string, variables?: Record<string, unknown>) => Promise<Answer>;
};

export const EVERYTHING: TokenPermissions = {
  actions: "write",
  administration: "write",
  attestations: "write",
  checks: "write",
  contents: "write",
  deployments: "write",
  issues: "write",
  pull_requests: "write",
};

export const WORKFLOW = `name: repair
on:
  repository_dispatch: { types: [patchpilot-repair] }
  workflow_dispatch: { inputs: { patchpilot: { type: string } } }
jobs: { work: { runs-on: ubuntu-latest, steps: [{ run: echo }] } }
`;

export function openGitHub(options: Partial<WorldOptions> = {}): OpenGitHub {
  const clock = new VirtualClock("2026-11-02T09:00:00Z");
  const world = createGitHubWorld({
    clock,
    repositories: [
      {
        owner: "acme",
        name: "shop",
        files: {
          "README.md": "# Shop\n",
          "src/cart.ts": "export const total = 1;\n",
          ".github/workflows/repair.yml": WORKFLOW,
        },
      },
    ],
    ...options,
  });
  const simulator = createGitHubSimulator(world);
  const send = async (
    token: string,
    method: string,
    path: string,
    body: unknown,
    headers = {},
  ): Promise<Answer> => {
    const reply = await simulator.fetch(
      new Request(new URL(path, "https://api.github.com"), {
        method,
        headers: { authorization: `Bearer ${token}`, ...headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    );
    const text = await reply.text();
    const isJson = reply.headers.get("content-type")?.startsWith("application/json") === true;
    return { status: reply.status, body: isJson ? JSON.parse(text) : text, headers: reply.headers };
  };
  return {
    clock,
    world,
    simulator,
    token: (permissions = EVERYTHING, actor = GITHUB_ACTIONS_BOT) =>
      world.mintToken({ actor, permissions, repositories: [...world.repositories.keys()] }),
    rest: (token, route, body, headers) => {
      const [method = "", path = ""] = route.split(" ");
      return send(token, method, path, body, headers);
    },
    graphql: (token, query, variables = {}) => send(token, "POST", "/graphql", { query, variables }),
  };
}
