import { connect } from "@patchpilot/action-intake/connect";
import { contract } from "@patchpilot/action-intake/contract";
import { run } from "@patchpilot/action-intake/run";
import { givenInputs, inputVariable, parseInputs } from "@patchpilot/action-kit/contract";
import { openGitHub } from "@patchpilot/github";
import { unpaced } from "@patchpilot/http";
import { type Incident, phaseLabel, UMBRELLA_LABEL } from "@patchpilot/incident";
import { readIncidents, recordBody } from "@patchpilot/ledger";
import { VirtualClock } from "@patchpilot/simulators/clock";
import {
  createGitHubSimulator,
  createGitHubWorld,
  GITHUB_ACTIONS_BOT,
  type GitHubSimulator,
  type GitHubWorld,
  SENTRY_BOT,
  type TokenPermissions,
} from "@patchpilot/simulators/github";
import { createSentrySimulator, type SdkEvent, type SentrySimulator } from "@patchpilot/simulators/sentry";
import { MINUTE } from "@patchpilot/time";
import { hearRun } from "./hear-run.ts";

const REPOSITORY = "acme/shop";
const REPOSITORY_ID = 4242;
const STATE_KEY = "0123456789abcdef0123456789abcdef";
const SENTRY_TOKEN = "sentry-reader-0123456789abcdef";
const API = "https://api.github.com";

/** Least permissions of intake, and with `source: sentry`. */
export const READER: TokenPermissions = { issues: "write", contents: "read", pull_requests: "read" };
export const OPENER: TokenPermissions = { ...READER, contents: "write" };

/** A shop whose errors Sentry turns into issues on GitHub. */
export type IntakeWorld = {
  readonly clock: VirtualClock;
  readonly github: GitHubSimulator;
  readonly world: GitHubWorld;
  readonly sentry: SentrySimulator;
  /** The commit that brought the fault. */
  readonly guilty: string;
};

/**
 * @param options.alerts whether Sentry's alert rule opens issues; default true.
 * @param options.webUrl what Sentry's links begin with; default sentry.io.
 */
export function createIntakeWorld(
  options: { readonly alerts?: boolean; readonly webUrl?: string } = {},
): IntakeWorld {
  const clock = new VirtualClock("2026-11-20T09:00:00Z");
  const files = {
    "src/checkout.ts": "export const total = 1;\n",
    "src/cart.ts": "export const items = [];\n",
    "README.md": "# shop\n",
  };
  const world = createGitHubWorld({
    clock,
    repositories: [{ owner: "acme", name: "shop", id: REPOSITORY_ID, files }],
  });
  world.setRole("maya", "admin");
  world.addIdentity({ login: "mallory", id: 666, type: "User" });
  const sentry = createSentrySimulator({
    clock,
    organization: "acme",
    projects: [{ id: "11", slug: "shop" }],
    tokens: { [SENTRY_TOKEN]: ["event:read", "org:read", "project:read"] },
    ...(options.webUrl === undefined ? {} : { webUrl: options.webUrl }),
  });
  if (options.alerts ?? true)
    sentry.onNewIssue(({ title, body }) => void world.as(SENTRY_BOT.login).openIssue({ title, body }));
  clock.advance(MINUTE);
  sentry.recordRelease({ version: "shop@1.2.3" });
  sentry.recordDeploy("shop@1.2.3", "production");
  clock.advance(60 * MINUTE);
  const guilty = world.as("maya").push({
    branch: "main",
    message: "Read the total before the cart",
    files: { "src/checkout.ts": "export const total = undefined.items;\n" },
  });
  clock.advance(10 * MINUTE);
  sentry.recordRelease({ version: "shop@1.2.4", commits: [{ sha: guilty }] });
  clock.advance(10 * MINUTE);
  return { clock, world, github: createGitHubSimulator(world), sentry, guilty };
}

/** An error as the shop's SDK sends it: each name is another Sentry issue. */
const errorNamed = (name: string): SdkEvent => ({
  platform: "node",
  level: "error",
  fingerprint: [name],
  transaction: "/checkout",
  exception: {
    values: [
      {
        type: "TypeError",
        value: `${name} is undefined`,
        mechanism: { type: "generic", handled: false },
        stacktrace: {
          frames: [
            {
              filename: "src/cart.ts",
              abs_path: "/srv/src/cart.ts",
              function: "add",
              lineno: 1,
              in_app: true,
            },
            {
              filename: "src/checkout.ts",
              abs_path: "/srv/src/checkout.ts",
              function: name,
              lineno: 1,
              in_app: true,
              context_line: "export const total = undefined.items;",
            },
          ],
        },
      },
    ],
  },
});

/** Errors happen in the shop; the first of a name opens an issue in Sentry. */
export function fail({ sentry, clock }: IntakeWorld, name: string, count = 3, release = "shop@1.2.4"): void {
  const instants = Array.from({ length: count }, () => clock.now());
  sentry.recordEvent({ event: errorNamed(name), release, instants });
  clock.advance(MINUTE);
}

export type IntakeOptions = {
  readonly inputs?: Readonly<Record<string, string>>;
  /** Number of the issue whose event starts the run. */
  readonly issue?: number;
  readonly permissions?: TokenPermissions;
  readonly runId?: number;
  readonly fetch?: typeof fetch;
};

/** The simulators as a `fetch` in this process. */
export const wire =
  ({ github, sentry }: IntakeWorld): typeof fetch =>
  (input, init) => {
    const request = new Request(input, init);
    return request.url.startsWith("https://sentry.io/") ? sentry.fetch(request) : github.fetch(request);
  };

/** Waits return at once, and a budget in seconds never runs out. */
const time = { now: () => 0, sleep: async () => undefined };

/** Runs intake against both simulators in this process. */
export async function intake(test: IntakeWorld, options: IntakeOptions = {}) {
  const token = test.world.mintToken({
    actor: GITHUB_ACTIONS_BOT,
    permissions: options.permissions ?? READER,
    repositories: [REPOSITORY],
  });
  const values = {
    "github-token": token,
    "state-key": STATE_KEY,
    "sentry-token": SENTRY_TOKEN,
    "sentry-org": "acme",
    "sentry-projects": "shop",
    ...options.inputs,
  };
  const variables = Object.entries(values).map(([name, value]) => [inputVariable(name), value]);
  const inputs = parseInputs(contract, givenInputs(contract, Object.fromEntries(variables)));
  const environment = {
    apiUrl: API,
    graphqlUrl: `${API}/graphql`,
    serverUrl: "https://github.com",
    repository: REPOSITORY,
    repositoryId: String(REPOSITORY_ID),
    runId: String(options.runId ?? 1),
    runAttempt: 1,
    actor: "github-actions[bot]",
    sha: "",
    eventName: options.issue === undefined ? "schedule" : "issues",
    event: options.issue === undefined ? {} : { issue: { number: options.issue } },
    temporaryFolder: "",
    workspace: "",
  };
  const secrets = { "state-key": STATE_KEY, "sentry-token": values["sentry-token"] };
  const wires = { fetch: options.fetch ?? wire(test), pacing: unpaced, time };
  return hearRun("intake", run(inputs, connect(inputs, { environment, secrets }, wires)));
}

/** Inputs that leave Sentry out. */
export const withoutSentry = { "sentry-token": "", "sentry-org": "" };

/** What GitHub was asked while something ran, by operation. */
export async function requestsOf({ github }: IntakeWorld, act: () => Promise<unknown>): Promise<string[]> {
  const before = github.requests.length;
  await act();
  return github.requests.slice(before).map(({ operation }) => operation);
}

const BELIEF = { signer: { repositoryId: REPOSITORY_ID, keys: [STATE_KEY] }, trusted: [] };

/** The incident as an action would read it. */
export async function incidentOf({ world, github }: IntakeWorld, number: number): Promise<Incident> {
  const token = world.mintToken({
    actor: GITHUB_ACTIONS_BOT,
    permissions: READER,
    repositories: [REPOSITORY],
  });
  const access = { token, apiUrl: API, graphqlUrl: `${API}/graphql`, secrets: {} };
  const client = openGitHub(access, {
    fetch: (input, init) => github.fetch(new Request(input, init)),
    pacing: unpaced,
    time,
  });
  const name = { owner: "acme", repo: "shop" };
  const { incidents } = await readIncidents(client, name, { numbers: [number] }, () => BELIEF);
  const [incident] = incidents;
  if (incident === undefined) throw new Error(`There is no issue ${number}.`);
  return incident;
}

/** Opens incidents that wait for a person, as earlier runs left them. */
export function addOpenIncidents({ world, clock }: IntakeWorld, count: number): void {
  const bot = world.as(GITHUB_ACTIONS_BOT.login);
  for (let index = 1; index <= count; index += 1) {
    const { number } = world.as(SENTRY_BOT.login).openIssue({ title: "TypeError", body: "Sentry Issue" });
    const data = {
      phase: "needs-human",
      phaseAt: clock.iso(),
      acceptedAt: clock.iso(),
      key: `sentry:acme/${index}`,
      kind: "error",
      fingerprint: `f${index}`,
      title: "TypeError",
      severity: "high",
      confidence: 0.9,
      episode: 1,
      basis: "service",
    };
    const write = { kind: "incident" as const, text: "### Incident", data };
    bot.comment(number, recordBody({ belief: BELIEF }, number, write, 1));
    bot.label(number, UMBRELLA_LABEL, phaseLabel("needs-human"));
  }
}
