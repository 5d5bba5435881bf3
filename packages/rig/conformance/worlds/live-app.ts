import type { IncidentRecord } from "@patchpilot/incident";
import type { SentrySimulator, VercelSimulator } from "@patchpilot/simulators";
import { DAY, HOUR } from "@patchpilot/time";
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
import { mergePullRequest, openScenario, publishFix, type RepairScenario, readPhase } from "./scenario.ts";
import { addIncident, SHOP } from "./world.ts";

/**
 * What says which commit is live: Vercel, Vercel and Sentry's releases, GitHub Deployments, Sentry's releases alone, or
 * nothing at all.
 */
export type Teller = "vercel" | "vercel and releases" | "github" | "releases" | "nothing";

export type LiveAppOptions = {
  readonly teller: Teller;
  /** In how many places it crashes every 20 minutes. */
  readonly crashes?: number;
  /** Where Sentry is; default sentry.io. */
  readonly sentryUrl?: string;
  /** What Sentry calls the project's platform; default `node`. */
  readonly platform?: string;
  /** Whether Sentry opens issues; default false. */
  readonly alerts?: boolean;
  /** How long it has run. */
  readonly days: number;
  /** Whether GitHub can answer as it was some writes ago. */
  readonly keepHistory?: boolean;
};

/** An app in production: it crashes, and Sentry hears of it. */
export type LiveApp = RepairScenario & {
  readonly sentry: SentrySimulator;
  readonly vercel: VercelSimulator;
  /** Inputs with which an action asks this Sentry. */
  readonly sentryInputs: Readonly<Record<string, string>>;
  /** A scheduled run of `verify-recovery`, or one about what `options` name. */
  readonly verify: (options?: Partial<VerifyOptions>) => ReturnType<typeof verifyRecovery>;
  /** Lets hours go by with traffic, and with every crash anew if there are any, of the release that is live. */
  readonly goOn: (hours: number, life?: Partial<Life>) => void;
  /** Deploys a commit; from now on it is the release that is live. */
  readonly deploy: (sha: string) => void;
};

/** Opens it with the newest commit live. */
export function openLiveApp(options: LiveAppOptions): LiveApp {
  const { days, teller, crashes = 1, alerts = false, sentryUrl, platform, keepHistory = false } = options;
  const scenario = openScenario({ keepHistory });
  const { test } = scenario;
  const sentry = addSentry(test, sentryUrl, platform);
  const vercel = addVercel(test);
  if (alerts)
    sentry.onNewIssue(({ title, body }) => void test.world.as("sentry[bot]").openIssue({ title, body }));
  const sentryInputs = { ...SENTRY_INPUTS, ...(sentryUrl === undefined ? {} : { "sentry-url": sentryUrl }) };
  const vercelInputs = teller.startsWith("vercel") ? VERCEL_INPUTS : {};
  const tell = deployer(scenario, { sentry, vercel }, teller);
  let release = "";
  let runs = 0;
  const deploy = (sha: string): void => {
    release = teller === "nothing" ? `build-${sha.slice(0, 7)}` : sha;
    tell(sha);
  };
  const happen = ({ crashEvery, ...life }: Life): void => {
    live(sentry, life);
    if (crashEvery === undefined) return;
    for (let crash = 0; crash < crashes; crash += 1)
      live(sentry, { ...life, sessions: 0, crashEvery, place: choosePlace(crash) });
  };
  const goOn = (hours: number, life: Partial<Life> = {}): void => {
    const from = test.clock.now();
    const until = from + hours * HOUR;
    happen({ from, until, release, ...life });
    test.clock.set(until);
  };
  const verify: LiveApp["verify"] = (run = {}) => {
    runs += 1;
    const inputs = { ...sentryInputs, ...vercelInputs, ...run.inputs };
    return verifyRecovery(test, { runId: `v${runs}`, ...run, inputs });
  };
  deploy(findHead(scenario));
  const now = test.clock.now();
  happen({ from: now - days * DAY, until: now, release, crashEvery: 20 });
  return { ...scenario, sentry, vercel, sentryInputs, verify, goOn, deploy };
}

/** An app of which each crash became an incident. */
export type FailingApp = LiveApp & {
  readonly issue: number;
  /** All incidents, `issue` first. */
  readonly issues: readonly number[];
  /** What else happens, beside it. */
  readonly live: (life: Life) => void;
  /** Repairs the incident once: dispatched, worked on, proposed, merged, settled. @returns the merge commit */
  readonly repair: () => Promise<string>;
};

/** Some days of such an app, up to the incidents' acceptance; three unless said otherwise. */
export function openFailingApp({
  days = 3,
  teller = "vercel",
  ...options
}: Partial<LiveAppOptions> = {}): FailingApp {
  const app = openLiveApp({ days, teller, ...options });
  const began = app.test.clock.now() - days * DAY;
  const issues = app.sentry.issues().map((crash) => addIncident(app.test, describeCrash(crash, began)));
  const [issue = 0] = issues;
  return { ...app, issue, issues, live: (life) => live(app.sentry, life), repair: () => repairOnce(app) };
}

/** Such an app that has run for so many hours since its incident's fix went live. */
export async function openFixedApp(hours = 0, options: Partial<LiveAppOptions> = {}): Promise<FailingApp> {
  const production = openFailingApp(options);
  production.deploy(await production.repair());
  production.goOn(hours);
  return production;
}

/** Makes a commit live, and tells whoever is told. */
function deployer(
  { test, pass }: RepairScenario,
  { sentry, vercel }: Pick<LiveApp, "sentry" | "vercel">,
  teller: Teller,
): (sha: string) => void {
  const maya = test.world.as("maya");
  const tell: Readonly<Record<Teller, (sha: string) => unknown>> = {
    vercel: (sha) => deployToVercel(test, vercel, sha),
    "vercel and releases": (sha) => {
      sentry.recordRelease({ version: sha, commits: [{ sha }] });
      deployToVercel(test, vercel, sha);
    },
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

/** Makes an incident of a crash that Sentry has heard of. @returns its number */
export function acceptCrash({ test, sentry }: Pick<LiveApp, "test" | "sentry">, shortId: string): number {
  const crash = sentry.issue(shortId);
  return addIncident(test, describeCrash(crash, Math.min(...crash.events.map(({ at }) => at))));
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
  production.pass(1);
  production.deploy(mergeFixes(production, production.issues));
  await production.verify();
  return production;
}

/** Merges a fix of each issue. @returns the newest commit */
export function mergeFixes(scenario: RepairScenario, issues: readonly number[]): string {
  const maya = scenario.test.world.as("maya");
  for (const issue of issues) {
    const branch = `patchpilot/${issue}-a1`;
    maya.push({ branch, message: "fix: total", files: { [`src/fix-${issue}.ts`]: "export {};\n" } });
    const { number } = maya.openPull({ title: "Fix it", body: `Refs #${issue}`, head: branch, base: "main" });
    maya.mergePull(number);
  }
  return findHead(scenario);
}

async function repairOnce(scenario: RepairScenario): Promise<string> {
  await scenario.tick();
  await publishFix(scenario);
  scenario.pass(5);
  const number = mergePullRequest(scenario);
  await scenario.tick();
  return findMergeCommit(scenario, number);
}

type Place = Pick<RepairScenario, "test">;

/** The commit that merging a pull request made. */
export function findMergeCommit({ test }: Place, number: number): string {
  const commit = test.world.repository(SHOP).issues.get(number)?.pull?.mergeCommitOid;
  if (!commit) throw new Error(`#${number} is not merged.`);
  return commit;
}

/** The newest commit of the default branch. */
export function findHead({ test }: RepairScenario): string {
  const head = test.world.repository(SHOP).git.refs.get("refs/heads/main");
  if (head === undefined) throw new Error("The repository is empty.");
  return head;
}

/** A pull request of a person, merged. @returns its number */
export function mergeByHand({ test }: Place, body: string): number {
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
export function findState({ test, issue }: FailingApp, number: number = issue) {
  const found = test.world.repository(SHOP).issues.get(number);
  return { state: found?.state ?? "missing", reason: found?.stateReason ?? null };
}

/** Whether the incident is open, and its phase. */
export const stateAndPhase = (production: FailingApp) => [
  findState(production).state,
  readPhase(production.test, production.issue),
];

/** What a look decides of the first incident, and why. */
export async function look(app: LiveApp, options?: Partial<VerifyOptions>): Promise<string> {
  const [decision] = (await app.verify(options)).outputs.decisions;
  return decision === undefined ? "nothing" : `${decision.decision}: ${decision.verdict}`;
}

/** Requests with writes that GitHub took in the next look. */
export async function writesOfNextLook({ test, verify }: LiveApp): Promise<number> {
  const { requests } = test.simulator;
  const { length } = requests;
  await verify();
  const writes = /^mutation|POST|PATCH|PUT|DELETE/;
  return requests.slice(length).filter(({ operation }) => writes.test(operation)).length;
}
