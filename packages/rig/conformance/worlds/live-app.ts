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
} from "./providers.ts";
import { type VerifyOptions, verifyRecovery } from "./run-actions.ts";
import { mergePullRequest, openScenario, type RepairScenario } from "./scenario.ts";
import { addIncident, SHOP } from "./world.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** What tells verify-recovery which commit is live: Vercel, GitHub Deployments, Sentry's releases, or nothing at all. */
export type Teller = "vercel" | "github" | "releases" | "nothing";

/** An app in production: Sentry hears of it, and one crash of it became an incident. */
export type FailingApp = RepairScenario & {
  readonly sentry: SentrySimulator;
  readonly vercel: VercelSimulator;
  readonly issue: number;
  /** All incidents, `issue` first. */
  readonly issues: readonly number[];
  /** A scheduled run of `verify-recovery`, or one about what `options` name. */
  readonly verify: (options?: Partial<VerifyOptions>) => ReturnType<typeof verifyRecovery>;
  /** Lets hours go by with traffic, and with every crash anew if there are any, of the release that is live. */
  readonly goOn: (hours: number, life?: Partial<Life>) => void;
  /** What else happens, beside it. */
  readonly live: (life: Life) => void;
  /** Deploys a commit; from now on it is the release that is live. */
  readonly deploy: (sha: string) => void;
  /** Repairs the incident once: dispatched, worked on, proposed, merged, settled. @returns the merge commit */
  readonly repair: () => Promise<string>;
};

/** Some days of an app that crashes every 20 minutes, up to the incident's acceptance; three unless said otherwise. */
export function openFailingApp(
  options: { readonly days?: number; readonly teller?: Teller; readonly crashes?: number } = {},
): FailingApp {
  const { days = 3, teller = "vercel", crashes = 1 } = options;
  const scenario = openScenario();
  const { test } = scenario;
  const sentry = addSentry(test);
  const vercel = addVercel(test);
  const deploy = deployer(scenario, { sentry, vercel }, teller);
  const nameOf = (sha: string) => (teller === "nothing" ? `build-${sha.slice(0, 7)}` : sha);
  let release = nameOf(findHead(scenario));
  deploy(findHead(scenario));
  const began = test.clock.now() - days * DAY;
  const until = test.clock.now();
  const happen = ({ crashEvery, ...life }: Life): void => {
    live(sentry, life);
    if (crashEvery === undefined) return;
    for (let crash = 0; crash < crashes; crash += 1)
      live(sentry, { ...life, sessions: 0, crashEvery, place: choosePlace(crash) });
  };
  happen({ from: began, until, release, crashEvery: 20 });
  const issues = sentry.issues().map((crash) => addIncident(test, describeCrash(crash, began)));
  const [issue = 0] = issues;
  let runs = 0;
  const goOn = (hours: number, life: Partial<Life> = {}): void => {
    const from = test.clock.now();
    const until = from + hours * HOUR;
    happen({ from, until, release, ...life });
    test.clock.set(until);
  };
  return {
    ...scenario,
    sentry,
    vercel,
    issue,
    issues,
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
  { test, pass }: RepairScenario,
  { sentry, vercel }: Pick<FailingApp, "sentry" | "vercel">,
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

const choosePlace = (index: number): string => (index === 0 ? "checkout" : `checkout${index}`);

/** What intake writes down of a crash that Sentry has heard of. */
const describeCrash = (
  { id, shortId, projectId }: ReturnType<SentrySimulator["issues"]>[number],
  began: number,
): Partial<IncidentRecord> => ({
  firstSeen: new Date(began).toISOString(),
  sentry: {
    organization: SENTRY_INPUTS["sentry-org"],
    issueId: id,
    shortId,
    project: "shop",
    projectId,
  },
});

/** So many incidents whose fixes are merged and live. */
export async function openRepairedApp(crashes: number, days = 3): Promise<FailingApp> {
  const production = openFailingApp({ crashes, days });
  const maya = production.test.world.as("maya");
  production.pass(1);
  for (const issue of production.issues) {
    const branch = `patchpilot/${issue}-a1`;
    maya.push({ branch, message: "fix: total", files: { [`src/fix-${issue}.ts`]: "export {};\n" } });
    const { number } = maya.openPull({ title: "Fix it", body: `Refs #${issue}`, head: branch, base: "main" });
    maya.mergePull(number);
  }
  production.deploy(findHead(production));
  await production.verify();
  return production;
}

async function repairOnce(scenario: RepairScenario): Promise<string> {
  await scenario.tick();
  const worker = await scenario.startWorker();
  await worker.publish();
  worker.end("success");
  scenario.pass(5);
  const number = mergePullRequest(scenario);
  await scenario.tick();
  return findMergeCommit(scenario, number);
}

/** The commit that merging a pull request made. */
export function findMergeCommit({ test }: RepairScenario, number: number): string {
  const commit = test.world.repository(SHOP).issues.get(number)?.pull?.mergeCommitOid;
  if (!commit) throw new Error(`#${number} is not merged.`);
  return commit;
}

/** The newest commit of the default branch. */
function findHead({ test }: RepairScenario): string {
  const head = test.world.repository(SHOP).git.refs.get("refs/heads/main");
  if (head === undefined) throw new Error("The repository is empty.");
  return head;
}

/** A pull request of a person, merged. @returns its number */
export function mergeByHand({ test }: RepairScenario, body: string): number {
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

/** Whether an issue is open, and why it was closed; the incident's own unless another is named. */
export function findState(
  { test, issue }: FailingApp,
  number: number = issue,
): { readonly state: string; readonly reason: string | null } {
  const found = test.world.repository(SHOP).issues.get(number);
  return { state: found?.state ?? "missing", reason: found?.stateReason ?? null };
}
