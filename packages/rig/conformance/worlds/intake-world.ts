import { contract } from "@patchpilot/action-intake/contract";
import { openGitHub } from "@patchpilot/github";
import { unpaced } from "@patchpilot/http";
import type { Incident } from "@patchpilot/incident";
import { readIncidents } from "@patchpilot/ledger";
import { GITHUB_ACTIONS_BOT, SENTRY_BOT } from "@patchpilot/simulators/github";
import type { SdkEvent, SentrySimulator } from "@patchpilot/simulators/sentry";
import { MINUTE } from "@patchpilot/time";
import { permissionsOf, permissionsWhen } from "./permissions-of.ts";
import { addSentry, SENTRY_INPUTS } from "./providers.ts";
import { type ActionRun, intake, NO_TIME, openWire } from "./run-actions.ts";
import { createTestWorld, REPOSITORY_ID, SHOP, STATE_KEY, type TestWorld } from "./world.ts";

/** Least permissions of intake, where it remembers what waits, and with `source: sentry`. */
export const READER = permissionsOf(contract);
export const KEEPER = permissionsWhen(contract, "more than 50");
export const OPENER = permissionsWhen(contract, "`source: sentry`");

/** A shop whose errors Sentry turns into issues on GitHub. */
export type IntakeWorld = TestWorld & {
  readonly sentry: SentrySimulator;
  /** The commit that brought the fault. */
  readonly guilty: string;
};

/**
 * @param options.alerts whether Sentry's alert rule opens issues; default true
 * @param options.sentryUrl where Sentry is; default: on its own site
 */
export function createIntakeWorld({
  alerts = true,
  sentryUrl,
  keepHistory = false,
}: {
  readonly alerts?: boolean;
  readonly sentryUrl?: string;
  readonly keepHistory?: boolean;
} = {}): IntakeWorld {
  const test = createTestWorld({
    keepHistory,
    files: {
      "src/checkout.ts": "export const total = 1;\n",
      "src/cart.ts": "export const items = [];\n",
      "README.md": "# shop\n",
    },
  });
  const { clock, world } = test;
  world.addIdentity({ login: "mallory", id: 666, type: "User" });
  const sentry = addSentry(test, sentryUrl);
  if (alerts)
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
  return { ...test, sentry, guilty };
}

const frameIn = (file: string, functionName: string, more: { readonly context_line?: string } = {}) => ({
  filename: `src/${file}.ts`,
  abs_path: `/srv/src/${file}.ts`,
  function: functionName,
  lineno: 1,
  in_app: true,
  ...more,
});

/** An error as the shop's SDK sends it: each name is another Sentry issue. */
export function errorNamed(name: string): SdkEvent {
  const line = { context_line: "export const total = undefined.items;" };
  const frames = [frameIn("cart", "add"), frameIn("checkout", name, line)];
  const mechanism = { type: "generic", handled: false };
  const values = [{ type: "TypeError", value: `${name} is undefined`, mechanism, stacktrace: { frames } }];
  const exception = { values };
  return { platform: "node", level: "error", fingerprint: [name], transaction: "/checkout", exception };
}

/** Errors happen in the shop; the first of a name opens an issue in Sentry. */
export function fail({ sentry, clock }: IntakeWorld, name: string, count = 3, release = "shop@1.2.4"): void {
  const instants = Array.from({ length: count }, () => clock.now());
  sentry.recordEvent({ event: errorNamed(name), release, instants });
  clock.advance(MINUTE);
}

export type IntakeOptions = Partial<ActionRun> & {
  /** Number of the issue whose event starts the run. */
  readonly issue?: number;
};

/** Runs intake with Sentry's inputs, on the event of an issue or on schedule. */
export function startIntake(test: IntakeWorld, { issue, ...options }: IntakeOptions = {}) {
  const event = issue === undefined ? {} : { eventName: "issues", event: { issue: { number: issue } } };
  return intake(test, { runId: 1, ...event, ...options, inputs: { ...SENTRY_INPUTS, ...options.inputs } });
}

/** Inputs that leave Sentry out. */
export const withoutSentry = { "sentry-token": "", "sentry-org": "" };

/** What GitHub was asked while something ran, by operation. */
export async function listRequests({ simulator }: TestWorld, act: () => Promise<unknown>): Promise<string[]> {
  const before = simulator.requests.length;
  await act();
  return simulator.requests.slice(before).map(({ operation }) => operation);
}

const BELIEF = { signer: { repositoryId: REPOSITORY_ID, keys: [STATE_KEY] }, trusted: [] };

/** The incident as an action would read it. */
export async function readIncident(test: TestWorld, number: number): Promise<Incident> {
  const token = test.world.mintToken({
    actor: GITHUB_ACTIONS_BOT,
    permissions: READER,
    repositories: [SHOP],
  });
  const apiUrl = "https://api.github.com";
  const access = { token, apiUrl, graphqlUrl: `${apiUrl}/graphql`, secrets: {} };
  const client = openGitHub(access, { fetch: openWire(test), pacing: unpaced, time: NO_TIME });
  const name = { owner: "acme", repo: "shop" };
  const { incidents } = await readIncidents(client, name, { numbers: [number] }, () => BELIEF);
  const [incident] = incidents;
  if (incident === undefined) throw new Error(`There is no issue ${number}.`);
  return incident;
}
