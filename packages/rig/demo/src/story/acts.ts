import { commandLabel } from "@patchpilot/incident";
import { recordEarlierSpans } from "../world/earlier-spans.ts";
import { DEMO_NAMES } from "../world/names.ts";
import type { MergedChange } from "../world/open-world.ts";
import { type DemoStage, passUntil, tick } from "./stage.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** The commits that bring a fault. */
const FAULTS: Readonly<Record<MergedChange, { readonly message: string; readonly sentence: string }>> = {
  coupons: {
    message: "Accept coupons",
    sentence: "pushes coupons to main; from now on a coupon that the shop does not know crashes the checkout",
  },
  oneByOne: {
    message: "Stop asking the warehouse at the first article that is missing",
    sentence: "pushes a change to main; from now on the warehouse is asked about one article after the other",
  },
};

/** The shop as it should be, then the commit that brings the fault goes live. */
export async function shipTheFault(stage: DemoStage, change: MergedChange = "coupons"): Promise<void> {
  const { world, timeline } = stage;
  if (change === "coupons") await passUntil(stage, world.clock.now() + HOUR);
  else await passWithPast(stage);
  const { message, sentence } = FAULTS[change];
  timeline.note("maintainer", sentence);
  const files = world.changes[change];
  world.services.github.as(DEMO_NAMES.maintainer).push({ branch: "main", message, files });
  await world.pass(5 * MINUTE);
}

/** Somebody reports what no monitor sees, and vouches for it with a label. */
export async function askForAChange(stage: DemoStage): Promise<void> {
  const { world, timeline } = stage;
  await passUntil(stage, world.clock.now() + HOUR);
  const person = world.services.github.as(DEMO_NAMES.maintainer);
  const label = commandLabel("take-on");
  const { number } = person.openIssue({
    title: "A negative count makes a cart cheaper",
    body: "A cart with one article of 12.50 and minus one of 9.00 costs 3.50. A count below zero should count as none.",
  });
  person.label(number, label);
  timeline.note("maintainer", `opens issue #${number} and sets the label ${label}`);
  await world.settle();
}

/** Visitors come until an issue of the shop stands on GitHub, and all that follows from it at once is done. */
export async function waitForIssue(stage: DemoStage): Promise<void> {
  const { clock, services } = stage.world;
  const { issues } = services.github.repository(DEMO_NAMES.repository);
  await passUntil(stage, clock.now() + 12 * HOUR, () => issues.list().length > 0);
}

/** Long enough for the shop to have warmed up; then Sentry learns what it would know from the days before. */
async function passWithPast(stage: DemoStage): Promise<void> {
  const hours = 3;
  await passUntil(stage, stage.world.clock.now() + hours * HOUR);
  recordEarlierSpans(stage.world.services, hours);
}

/** Sentry learns what it would know from the week before, so that no visitor at an hour is a silence. */
export function rememberLastWeek({ world: { services, clock } }: DemoStage): void {
  const first = Math.min(...services.sentry.spans().map(({ at }) => at));
  recordEarlierSpans(services, (clock.now() - first) / HOUR);
}

/** The schedule fires every few hours until `perf-scan` has opened an issue, and what follows from it is done. */
export async function waitForScan(stage: DemoStage): Promise<void> {
  const { clock, services } = stage.world;
  const { issues } = services.github.repository(DEMO_NAMES.repository);
  const giveUp = clock.now() + 30 * HOUR;
  while (issues.list().length === 0 && clock.now() < giveUp && !hasFailedRun(stage))
    await tick(stage, clock.now() + 3 * HOUR);
}

/** The night goes by; in the morning the demo does what only a person may do. */
export async function reviewInTheMorning(stage: DemoStage): Promise<void> {
  const { clock } = stage.world;
  await tick(stage, clock.now() + MINUTE);
  await passUntil(stage, nextMorning(clock.now()));
  await review(stage);
}

/** The demo does what only a person may do. */
export async function review(stage: DemoStage): Promise<void> {
  const { world, timeline } = stage;
  const { github } = world.services;
  const pull = github
    .repository(DEMO_NAMES.repository)
    .issues.list()
    .find((issue) => issue.pull !== null && issue.state === "open");
  if (pull === undefined) throw new Error("No pull request waits for a review.");
  timeline.note(
    "in your place",
    `reviews #${pull.number}, marks it ready and merges it (the demo, not PatchPilot)`,
  );
  const person = github.as(DEMO_NAMES.maintainer);
  person.markReady(pull.number);
  person.mergePull(pull.number);
  await world.pass(3 * MINUTE);
}

/** Two minutes past eight. */
function nextMorning(now: number): number {
  const day = new Date(now);
  day.setUTCDate(day.getUTCDate() + (day.getUTCHours() >= 8 ? 1 : 0));
  return day.setUTCHours(8, 2, 0, 0);
}

/**
 * Fires the schedule when the last decision's ETA comes, at the latest every `most` hours, until it decides.
 * GitHub's own schedule fires twice an hour; runs that would only wait are left out.
 */
export async function verifyStory(stage: DemoStage, most: number): Promise<void> {
  const { clock } = stage.world;
  const giveUp = clock.now() + 75 * HOUR;
  while (isWaiting(stage) && clock.now() < giveUp && !hasFailedRun(stage)) {
    const eta = Date.parse(stage.lastDecision()?.eta ?? "");
    const soonest = Number.isNaN(eta) ? clock.now() : eta;
    await tick(stage, Math.min(soonest, clock.now() + most * HOUR));
  }
}

function hasFailedRun({ world }: DemoStage): boolean {
  return world.runner.runs.some(({ conclusion }) => conclusion === "failure");
}

function isWaiting({ lastDecision }: DemoStage): boolean {
  const last = lastDecision();
  return last === undefined || (last.decision === "wait" && last.verdict !== "improved");
}
