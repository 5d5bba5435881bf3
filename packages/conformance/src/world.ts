import { createHash } from "node:crypto";
import { contract as claimContract } from "@patchpilot/action-claim/contract";
import { connect as connectClaim } from "@patchpilot/action-claim/ports";
import { run as runClaim } from "@patchpilot/action-claim/run";
import { contract as dispatchContract } from "@patchpilot/action-dispatch/contract";
import { connect as connectDispatch } from "@patchpilot/action-dispatch/ports";
import { run as runDispatch } from "@patchpilot/action-dispatch/run";
import type { Environment } from "@patchpilot/action-kit";
import { givenInputs, inputVariable, parseInputs } from "@patchpilot/action-kit/contract";
import { contract as proposeContract } from "@patchpilot/action-propose/contract";
import { connect as connectPropose } from "@patchpilot/action-propose/ports";
import { run as runPropose } from "@patchpilot/action-propose/run";
import { unpaced } from "@patchpilot/http";
import { commandLabel, type IncidentRecord, phaseLabel, UMBRELLA_LABEL } from "@patchpilot/incident";
import { recordBody } from "@patchpilot/ledger";
import { VirtualClock } from "@patchpilot/simulators/clock";
import {
  createGitHubSimulator,
  createGitHubWorld,
  GITHUB_ACTIONS_BOT,
  type GitHubSimulator,
  type GitHubWorld,
  type Permissions,
} from "@patchpilot/simulators/github";

export const REPOSITORY = "acme/shop";
export const REPOSITORY_ID = 4242;
export const STATE_KEY = "0123456789abcdef0123456789abcdef";
const API = "https://api.github.com";

/** A repository with accepted incidents, its simulator, and hands to run actions in this process. */
export type TestWorld = {
  readonly clock: VirtualClock;
  readonly world: GitHubWorld;
  readonly simulator: GitHubSimulator;
};

export function createTestWorld(options: { readonly keepHistory?: boolean } = {}): TestWorld {
  const clock = new VirtualClock("2026-11-21T09:00:00Z");
  const world = createGitHubWorld({
    clock,
    repositories: [
      {
        owner: "acme",
        name: "shop",
        id: REPOSITORY_ID,
        files: { "src/checkout.ts": "export const total = 1;\n", "README.md": "# shop\n" },
      },
    ],
    keepHistory: options.keepHistory ?? false,
  });
  world.setRole("maya", "admin");
  return { clock, world, simulator: createGitHubSimulator(world) };
}

const RECORD: IncidentRecord = {
  phase: "accepted",
  phaseAt: "",
  key: "",
  kind: "error",
  fingerprint: "",
  title: "TypeError: cannot read total",
  severity: "high",
  confidence: 0.95,
  environment: "production",
  episode: 1,
  acceptedAt: "",
  suspectFiles: ["src/checkout.ts"],
  similar: [],
};

/** Opens an issue and writes the record that intake would write. */
export function addIncident(test: TestWorld, change: Partial<IncidentRecord> = {}): number {
  const { world, clock } = test;
  const issue = world.as("sentry[bot]").openIssue({ title: "TypeError", body: "Sentry Issue" });
  const at = clock.iso();
  const data = {
    ...RECORD,
    phaseAt: at,
    acceptedAt: at,
    key: `sentry:acme/${issue.number}`,
    fingerprint: `f${issue.number}`,
    ...change,
  };
  const ledger = { belief: { signer: { repositoryId: REPOSITORY_ID, keys: [STATE_KEY] }, trusted: [] } };
  const write = {
    kind: "incident" as const,
    text: "### Incident accepted\n\nTypeError in src/checkout.ts",
    data,
  };
  world.as(GITHUB_ACTIONS_BOT.login).comment(issue.number, recordBody(ledger, issue.number, write, 1));
  world.as(GITHUB_ACTIONS_BOT.login).label(issue.number, UMBRELLA_LABEL, phaseLabel(data.phase));
  return issue.number;
}

/** A person's command on an issue. */
export const command = (test: TestWorld, issue: number, name: "accept" | "hold" | "retry"): void =>
  void test.world.as("maya").label(issue, commandLabel(name));

export type RunOptions = {
  readonly runId: number | string;
  readonly runAttempt?: number;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly event?: Readonly<Record<string, unknown>>;
  readonly fetch?: typeof fetch;
  readonly permissions?: Permissions;
};

/** A patch that applies to the repository of `createTestWorld`. */
const PATCH = Buffer.from(`diff --git a/src/checkout.ts b/src/checkout.ts
--- a/src/checkout.ts
+++ b/src/checkout.ts
@@ -1 +1 @@
-export const total = 1;
+export const total = 2;
`);

const PROPOSE: Permissions = { contents: "write", pull_requests: "write", issues: "read" };
const DISPATCH: Permissions = { issues: "write", contents: "write", pull_requests: "read", actions: "read" };
const CLAIM: Permissions = { contents: "write", issues: "read" };

/** The simulator as a `fetch` in this process. */
export const wire =
  (test: TestWorld): typeof fetch =>
  (input, init) =>
    test.simulator.fetch(new Request(input, init));

function job(options: RunOptions): { environment: Environment; secrets: Record<string, string> } {
  return {
    secrets: { "state-key": STATE_KEY },
    environment: {
      apiUrl: API,
      graphqlUrl: `${API}/graphql`,
      serverUrl: "https://github.com",
      repository: REPOSITORY,
      repositoryId: String(REPOSITORY_ID),
      runId: String(options.runId),
      runAttempt: options.runAttempt ?? 1,
      actor: "github-actions[bot]",
      sha: "",
      eventName: "schedule",
      event: options.event ?? {},
      temporaryFolder: "",
      workspace: "",
    },
  };
}

function token(test: TestWorld, permissions: Permissions): string {
  return test.world.mintToken({ actor: GITHUB_ACTIONS_BOT, permissions, repositories: [REPOSITORY] });
}

const variables = (inputs: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(inputs).map(([name, value]) => [inputVariable(name), value]));

/** Waits return at once, and a budget in seconds never runs out: the virtual clock jumps hours between two requests. */
const time = { now: () => 0, sleep: async () => undefined };

/** Runs `dispatch` against the simulator in this process. */
export async function dispatch(test: TestWorld, options: RunOptions) {
  const given = givenInputs(
    dispatchContract,
    variables({
      "github-token": token(test, options.permissions ?? DISPATCH),
      "state-key": STATE_KEY,
      ...options.inputs,
    }),
  );
  const inputs = parseInputs(dispatchContract, given);
  const wires = { fetch: options.fetch ?? wire(test), pacing: unpaced, time };
  return runDispatch(inputs, connectDispatch(inputs, job(options), wires));
}

/** Runs `claim` against the simulator in this process; its files go nowhere. */
export async function claim(test: TestWorld, options: RunOptions) {
  const given = givenInputs(
    claimContract,
    variables({ "github-token": token(test, options.permissions ?? CLAIM), ...options.inputs }),
  );
  const inputs = parseInputs(claimContract, given);
  const wires = { fetch: options.fetch ?? wire(test), pacing: unpaced, time };
  const ports = connectClaim(inputs, job(options), wires);
  return runClaim(inputs, { ...ports, writeFile: (name) => name });
}

/** Runs `propose` against the simulator in this process, with a patch that fits. */
export async function propose(
  test: TestWorld,
  options: RunOptions & {
    readonly claimed: { readonly key: string; readonly branch: string; readonly baseSha: string };
  },
) {
  const { key, branch, baseSha } = options.claimed;
  const sha256 = createHash("sha256").update(PATCH).digest("hex");
  const values = {
    "github-token": token(test, options.permissions ?? PROPOSE),
    patch: "change.patch",
    "patch-sha256": sha256,
    key,
    branch,
    "base-sha": baseSha,
    ...options.inputs,
  };
  const inputs = parseInputs(proposeContract, givenInputs(proposeContract, variables(values)));
  const wires = { fetch: options.fetch ?? wire(test), pacing: unpaced, time };
  const ports = connectPropose(inputs, job(options), wires);
  return runPropose(inputs, { ...ports, readPatch: async () => PATCH });
}
