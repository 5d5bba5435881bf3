import { NAMES } from "../world/names.ts";
import { passUntil, type Stage, tick } from "./stage.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** An hour as it should be, then the commit that brings the fault goes live. */
export async function shipTheFault(stage: Stage): Promise<void> {
  const { world, timeline } = stage;
  await passUntil(stage, world.clock.now() + HOUR);
  timeline.note("maintainer", "pushes coupons to main; a coupon that is not known crashes the checkout");
  const files = world.couponFiles;
  world.services.github.as(NAMES.maintainer).push({ branch: "main", message: "Accept coupons", files });
  await world.pass(5 * MINUTE);
}

/** Visitors come until an issue of the shop stands on GitHub, and all that follows from it at once is done. */
export async function waitForIssue(stage: Stage): Promise<void> {
  const { clock, services } = stage.world;
  const { issues } = services.github.repository(NAMES.repository);
  await passUntil(stage, clock.now() + 12 * HOUR, () => issues.list().length > 0);
}

/** The night goes by; in the morning the demo does what only a person may do. */
export async function reviewInTheMorning(stage: Stage): Promise<void> {
  const { world, timeline } = stage;
  const { github } = world.services;
  await tick(stage, world.clock.now() + MINUTE);
  await passUntil(stage, nextMorning(world.clock.now()));
  const pull = github
    .repository(NAMES.repository)
    .issues.list()
    .find((issue) => issue.pull !== null && issue.state === "open");
  if (pull === undefined) throw new Error("No pull request waits for a review.");
  timeline.note(
    "in your place",
    `reviews #${pull.number}, marks it ready and merges it (the demo, not PatchPilot)`,
  );
  const person = github.as(NAMES.maintainer);
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
export async function verify(stage: Stage, most: number): Promise<void> {
  const { clock } = stage.world;
  const giveUp = clock.now() + 75 * HOUR;
  while (isWaiting(stage) && clock.now() < giveUp && !hasFailedRun(stage)) {
    const eta = Date.parse(stage.lastDecision()?.eta ?? "");
    const soonest = Number.isNaN(eta) ? clock.now() : eta;
    await tick(stage, Math.min(soonest, clock.now() + most * HOUR));
  }
}

function hasFailedRun({ world }: Stage): boolean {
  return world.runner.runs.some(({ conclusion }) => conclusion === "failure");
}

function isWaiting({ lastDecision }: Stage): boolean {
  const last = lastDecision();
  return last === undefined || (last.decision === "wait" && last.verdict !== "improved");
}
