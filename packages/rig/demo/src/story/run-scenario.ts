import type { SentryAlert } from "@patchpilot/simulators";
import { makeDice } from "../shop/visitors.ts";
import { DEMO_NAMES } from "../world/names.ts";
import { type DemoWorld, openWorld } from "../world/open-world.ts";
import type { Services } from "../world/services.ts";
import type { WrittenComment } from "./comment-log.ts";
import type { StepDecision } from "./describe-step.ts";
import { type IssueView, type PullView, viewGitHub } from "./github-view.ts";
import type { Mail } from "./mailbox.ts";
import { noteRun } from "./note-runs.ts";
import { judgeStory, type StoryOutcome } from "./outcome.ts";
import type { DemoScenario } from "./scenarios.ts";
import { type DemoStage, tick } from "./stage.ts";
import { createTimeline, type Timeline, type TimelineEntry } from "./timeline.ts";

/** How a story ended, and what can be seen of it. */
export type StoryReport = {
  readonly outcome: StoryOutcome;
  /** Decision and verdict of the last `verify-recovery`; null where none was asked. */
  readonly decision: string | null;
  readonly verdict: string | null;
  readonly timeline: readonly TimelineEntry[];
  /** Requests of the actions to each service; what the shop's SDKs sent is not counted. */
  readonly requests: Readonly<Record<"github" | "sentry" | "vercel" | "posthog", number>>;
  readonly issue: IssueView;
  readonly pulls: readonly PullView[];
  readonly repairs: readonly RepairRun[];
  /** What GitHub mailed to the maintainer. */
  readonly mails: readonly Mail[];
  /** What PatchPilot wrote up to its end, and in the ticks after it. */
  readonly written: Readonly<Record<"untilEnd" | "later", readonly WrittenComment[]>>;
};

/** A run of the repair workflow, with how its jobs ended: gate, work, verify, publish. */
export type RepairRun = {
  readonly id: number;
  readonly title: string;
  readonly jobs: readonly { readonly name: string; readonly conclusion: string }[];
};

export type ScenarioRun = { readonly report: Promise<StoryReport>; readonly close: () => Promise<void> };

export type StoryOptions = {
  readonly seed: number;
  /** How often the schedule fires after the end, when there is nothing new. */
  readonly ticks: number;
  readonly onEntry: (entry: TimelineEntry) => void;
};

/** Starts a scenario; `close` ends it early and leaves nothing running. */
export function runScenario(scenario: DemoScenario, { seed, ticks, onEntry }: StoryOptions): ScenarioRun {
  const opening = {
    world: undefined as DemoWorld | undefined,
    decision: undefined as StepDecision | undefined,
  };
  const timeline = createTimeline(() => opening.world?.clock.now() ?? 0, onEntry);
  const world = openWorld({
    hasRepairWorkflow: scenario.hasRepairWorkflow,
    repairs: scenario.repairs,
    onAlert: (services, alert) => openIssue(services, alert, scenario, timeline),
    onMail: (mail) => noteMail(mail, timeline),
    onRunnerEvent: (event) => {
      opening.decision = noteRun(event, timeline) ?? opening.decision;
    },
  });
  const play = async (): Promise<StoryReport> => {
    opening.world = await world;
    const stage: DemoStage = {
      world: opening.world,
      timeline,
      dice: makeDice(seed),
      lastDecision: () => opening.decision,
      hasFullCarts: scenario.hasFullCarts,
      hasVisitors: true,
    };
    noteSandbox(opening.world, timeline);
    await scenario.play(stage);
    refuseViolations(opening.world.services);
    return goOn(stage, makeReport(opening.world, timeline, opening.decision), ticks);
  };
  // A world that could not be opened has closed itself, and the report says why.
  const close = (): Promise<void> =>
    world.then(
      (opened) => opened.close(),
      () => undefined,
    );
  return { report: play(), close };
}

/** Lets the schedule fire after the end, and adds what was written then. */
async function goOn(stage: DemoStage, report: StoryReport, ticks: number): Promise<StoryReport> {
  const { world } = stage;
  for (let fired = 0; fired < ticks; fired += 1) await tick(stage, world.clock.now());
  const later = world.written.slice(report.written.untilEnd.length);
  return { ...report, written: { ...report.written, later } };
}

function noteSandbox({ noSandbox }: DemoWorld, timeline: Timeline): void {
  if (noSandbox !== undefined)
    timeline.note("demo", `names \`sandbox: process\` in the repair workflow: ${noSandbox}`);
}

/** What calls you; what you are only subscribed to is on the page. */
function noteMail({ body, reason }: Mail, timeline: Timeline): void {
  const [heading = ""] = body.replace(/^#+ /, "").split("\n");
  if (reason === "you were mentioned") timeline.note("your e-mail", heading);
}

/** Sentry's alert rule opens the issue; where it is forged, somebody copies it word for word. */
function openIssue(
  services: Services,
  alert: SentryAlert,
  { opener }: DemoScenario,
  timeline: Timeline,
): void {
  const { title, body, shortId } = alert;
  const { number } = services.github.as(opener).openIssue({ title, body });
  if (opener !== "sentry[bot]") {
    timeline.note(opener, `opens issue #${number}, a copy of what Sentry writes: ${title}`);
    return;
  }
  const url = `${services.github.serverUrl}/${DEMO_NAMES.repository}/issues/${number}`;
  services.sentry.linkIssue(shortId, { url, key: `${DEMO_NAMES.repository}#${number}`, title });
  timeline.note("Sentry", `the alert opens issue #${number}: ${title}`);
}

/** A request that the real service would not know means that the story proves nothing. */
function refuseViolations({ githubApi, sentry, vercel, posthog }: Services): void {
  const violations = [githubApi, sentry, vercel, posthog].flatMap((service) => service.violations);
  if (violations.length > 0)
    throw new Error(
      `The simulated services were asked what the real ones do not know:\n${violations.join("\n")}`,
    );
}

function makeReport(
  { services, runner, mails, written }: DemoWorld,
  timeline: Timeline,
  decision: StepDecision | undefined,
): StoryReport {
  const { githubApi, sentry, vercel, posthog } = services;
  const { issues, pulls } = viewGitHub(services.github, DEMO_NAMES.repository);
  const [issue] = issues;
  if (issue === undefined) throw new Error("No issue was opened: there is nothing to show.");
  const asked = ({ requests }: { requests: readonly { operation: string }[] }): number =>
    requests.filter(({ operation }) => !/^batch$|\/envelope\/$/.test(operation)).length;
  const outcome = judgeStory({
    state: issue.state,
    labels: issue.labels.map(({ name }) => name),
    ownComments: issue.comments.filter(({ author }) => author === "github-actions[bot]").length,
    failedRuns: runner.runs.filter(({ conclusion }) => conclusion === "failure").length,
    repairRuns: runner.runs.filter(({ workflow }) => workflow.file === "patchpilot-repair.yml").length,
    decision,
  });
  return {
    outcome,
    decision: decision?.decision ?? null,
    verdict: decision?.verdict ?? null,
    timeline: [...timeline.entries],
    requests: {
      github: asked(githubApi),
      sentry: asked(sentry),
      vercel: asked(vercel),
      posthog: asked(posthog),
    },
    issue,
    pulls,
    repairs: listRepairs(runner),
    mails: [...mails],
    written: { untilEnd: [...written], later: [] },
  };
}

function listRepairs({ runs }: DemoWorld["runner"]): readonly RepairRun[] {
  return runs
    .filter(({ workflow }) => workflow.file === "patchpilot-repair.yml")
    .map(({ id, title, jobs }) => ({
      id,
      title,
      jobs: jobs.map(({ name, conclusion = "cancelled" }) => ({ name, conclusion })),
    }));
}
