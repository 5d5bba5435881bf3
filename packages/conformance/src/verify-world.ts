import type { IncidentRecord } from "@patchpilot/incident";
import type { SentrySimulator, VercelSimulator } from "@patchpilot/simulators";
import {
  addSentry,
  addVercel,
  deployToVercel,
  type Life,
  live,
  SENTRY_INPUTS,
  VERCEL_INPUTS,
} from "./production.ts";
import { type VerifyOptions, verifyRecovery } from "./run-actions.ts";
import { mergePullRequest, openScenario, type Scenario } from "./scenario.ts";
import { addIncident, REPOSITORY } from "./world.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** What tells verify-recovery which commit is live: Vercel, GitHub Deployments, Sentry's releases, or nothing at all. */
export type Teller = "vercel" | "github" | "releases" | "nothing";

/** An app in production: Sentry hears of it, and one crash of it became an incident. */
export type Production = Scenario & {
  readonly sentry: SentrySimulator;
  readonly vercel: VercelSimulator;
  readonly issue: number;
  /** A scheduled run of `verify-recovery`, or one about what `options` name. */
  readonly verify: (options?: Partial<VerifyOptions>) => ReturnType<typeof verifyRecovery>;
  /** Lets hours go by with traffic, and crashes if any, of the release that is live. */
  readonly goOn: (hours: number, life?: Partial<Life>) => void;
  /** What else happens, beside it. */
  readonly live: (life: Life) => void;
  /** Deploys a commit; from now on it is the release that is live. */
  readonly deploy: (sha: string) => void;
  /** Repairs the incident once: dispatched, worked on, proposed, merged, settled. @returns the merge commit */
  readonly repair: () => Promise<string>;
};

/** Some days of an app that crashes every 20 minutes, up to the incident's acceptance; three unless said otherwise. */
export function openProduction(
  options: { readonly days?: number; readonly teller?: Teller } = {},
): Production {
  const { days = 3, teller = "vercel" } = options;
  const scenario = openScenario();
  const { test } = scenario;
  const sentry = addSentry(test);
  const vercel = addVercel(test);
  const deploy = deployer(scenario, { sentry, vercel }, teller);
  const nameOf = (sha: string) => (teller === "nothing" ? `build-${sha.slice(0, 7)}` : sha);
  let release = nameOf(headOf(scenario));
  deploy(headOf(scenario));
  const began = test.clock.now() - days * DAY;
  live(sentry, { from: began, until: test.clock.now(), release, crashEvery: 20 });
  const issue = addIncident(test, sentryOf(sentry, began));
  let runs = 0;
  const goOn = (hours: number, life: Partial<Life> = {}): void => {
    const from = test.clock.now();
    const until = from + hours * HOUR;
    live(sentry, { from, until, release, ...life });
    test.clock.set(until);
  };
  return {
    ...scenario,
    sentry,
    vercel,
    issue,
    goOn,
    live: (life) => live(sentry, life),
    verify: (options = {}) => {
      runs += 1;
      const inputs = { ...SENTRY_INPUTS, ...(teller === "vercel" ? VERCEL_INPUTS : {}), ...options.inputs };
      return verifyRecovery(test, { runId: `v${runs}`, ...options, inputs });
    },
    deploy: (sha) => {
      release = nameOf(sha);
      deploy(sha);
    },
    repair: () => repairOnce(scenario),
  };
}

/** Makes a commit live, and tells whoever is told. */
function deployer(
  { test, pass }: Scenario,
  { sentry, vercel }: Pick<Production, "sentry" | "vercel">,
  teller: Teller,
): (sha: string) => void {
  const maya = test.world.as("maya");
  const tell: Readonly<Record<Teller, (sha: string) => unknown>> = {
    vercel: (sha) => deployToVercel(test, vercel, sha),
    github: (sha) => {
      const { id } = maya.createDeployment({ ref: sha, environment: "production" });
      return maya.setDeploymentStatus({ deploymentId: id, state: "success" });
    },
    releases: (sha) => sentry.recordRelease({ version: sha, commits: [{ sha }] }),
    nothing: () => undefined,
  };
  return (sha) => {
    tell[teller](sha);
    pass(1);
  };
}

/** What intake writes down of the crash that Sentry has heard of. */
function sentryOf(sentry: SentrySimulator, began: number): Partial<IncidentRecord> {
  const crash = sentry.issues().at(-1);
  if (crash === undefined) throw new Error("Sentry has heard of no crash.");
  return {
    firstSeen: new Date(began).toISOString(),
    sentry: {
      organization: SENTRY_INPUTS["sentry-org"],
      issueId: crash.id,
      shortId: crash.shortId,
      project: "shop",
      projectId: crash.projectId,
    },
  };
}

async function repairOnce(scenario: Scenario): Promise<string> {
  await scenario.tick();
  const worker = await scenario.startWorker();
  await worker.publish();
  worker.end("success");
  scenario.pass(5);
  const number = mergePullRequest(scenario);
  await scenario.tick();
  return mergeCommitOf(scenario, number);
}

/** The commit that merging a pull request made. */
export function mergeCommitOf({ test }: Scenario, number: number): string {
  const commit = test.world.repository(REPOSITORY).issues.get(number)?.pull?.mergeCommitOid;
  if (!commit) throw new Error(`#${number} is not merged.`);
  return commit;
}

/** The newest commit of the default branch. */
export function headOf({ test }: Scenario): string {
  const head = test.world.repository(REPOSITORY).git.refs.get("refs/heads/main");
  if (head === undefined) throw new Error("The repository is empty.");
  return head;
}

/** A pull request of a person, merged. @returns its number */
export function mergeByHand({ test }: Scenario, body: string): number {
  const maya = test.world.as("maya");
  maya.push({
    branch: "by-hand",
    message: "fix: total",
    files: { "src/checkout.ts": "export const total = 3;\n" },
  });
  const { number } = maya.openPull({ title: "Fix the total", body, head: "by-hand", base: "main" });
  maya.mergePull(number);
  return number;
}

/** Whether the incident's issue is open, and why it was closed. */
export function stateOf({ test, issue }: Production): {
  readonly state: string;
  readonly reason: string | null;
} {
  const found = test.world.repository(REPOSITORY).issues.get(issue);
  return { state: found?.state ?? "missing", reason: found?.stateReason ?? null };
}
