import { checkOutAll, type Dice, makeVisits, withFullCarts } from "../shop/visitors.ts";
import type { DemoWorld } from "../world/open-world.ts";
import type { StepDecision } from "./describe-step.ts";
import type { Timeline } from "./timeline.ts";

const MINUTE = 60_000;
const STEP = 5 * MINUTE;
const HALF_AN_HOUR = 30 * MINUTE;

/** What a scenario plays with. */
export type DemoStage = {
  readonly world: DemoWorld;
  readonly timeline: Timeline;
  readonly dice: Dice;
  /** The last decision of `verify-recovery`. */
  readonly lastDecision: () => StepDecision | undefined;
  /** Whether visitors buy more than one article at once. */
  readonly hasFullCarts: boolean;
  /** False from the moment when visitors stay away. */
  hasVisitors: boolean;
};

/** Five minutes with their visitors. What the SDKs hold is handed over at the end, so that it is stamped with them. */
async function passStep(
  { world, dice, hasVisitors, hasFullCarts }: DemoStage,
  length: number,
): Promise<Visits> {
  await world.pass(length);
  if (!hasVisitors) return { checkouts: 0, failed: 0 };
  const visits = hasFullCarts ? withFullCarts(makeVisits(dice), dice) : makeVisits(dice);
  const failed = await checkOutAll(world.domain.url, visits);
  await world.hosting.live()?.flush();
  await world.settle();
  return { checkouts: visits.length, failed };
}

type Visits = { readonly checkouts: number; readonly failed: number };

/** Lets visitors come until an instant, or until something has happened. */
export async function passUntil(
  stage: DemoStage,
  until: number,
  hasHappened: () => boolean = () => false,
): Promise<void> {
  const { clock } = stage.world;
  const from = clock.now();
  let [checkouts, failed] = [0, 0];
  while (clock.now() < until && !hasHappened()) {
    const visits = await passStep(
      stage,
      stage.hasVisitors ? Math.min(STEP, until - clock.now()) : until - clock.now(),
    );
    checkouts += visits.checkouts;
    failed += visits.failed;
  }
  notePassing(stage, from, { checkouts, failed });
}

/** A few minutes are not worth a line. */
function notePassing(stage: DemoStage, from: number, { checkouts, failed }: Visits): void {
  const length = stage.world.clock.now() - from;
  if (length < HALF_AN_HOUR) return;
  const span = describeSpan(length);
  const how = stage.hasFullCarts ? describeDurations(stage, from) : `${failed} crashed`;
  const came = stage.hasVisitors
    ? `${checkouts} checkouts in ${span}, ${how}`
    : `no one used the app for ${span}`;
  stage.timeline.note("visitors", came);
}

/** By what the shop's SDK measured. */
function describeDurations({ world }: DemoStage, from: number): string {
  const sorted = world.services.sentry
    .spans()
    .filter(({ at, kind }) => at >= from && kind.transaction === "POST /checkout")
    .map(({ durationMs }) => durationMs)
    .toSorted((one, other) => one - other);
  return `half of them took ${Math.round(sorted[Math.floor(sorted.length / 2)] ?? 0)} ms or more`;
}

/** Fires the workflow's schedule at its first instant that is not before `notBefore`; visitors come until then. */
export async function tick(stage: DemoStage, notBefore: number): Promise<void> {
  const { world } = stage;
  const [schedule] = world.runner.schedules;
  if (schedule === undefined) throw new Error("The README's workflow has no schedule.");
  await passUntil(stage, nextInstant(schedule.cron, Math.max(notBefore, world.clock.now() + MINUTE)));
  await world.runner.start({ event: "schedule", schedule: schedule.cron, actor: "github" });
  await world.settle();
}

/**
 * The first instant, at or after another, at which a cron line with a list of minutes fires.
 * @throws Error for any other kind of cron line
 */
export function nextInstant(cron: string, from: number): number {
  const [minutes = "", ...rest] = cron.split(" ");
  if (!/^\d+(,\d+)*$/.test(minutes) || rest.some((field) => field !== "*"))
    throw new Error(`The demo reads schedules such as "17,47 * * * *" only, not "${cron}".`);
  const wanted = minutes.split(",").map(Number);
  let instant = Math.ceil(from / MINUTE) * MINUTE;
  while (!wanted.includes(new Date(instant).getUTCMinutes())) instant += MINUTE;
  return instant;
}

function describeSpan(milliseconds: number): string {
  const minutes = Math.round(milliseconds / MINUTE);
  if (minutes < 90) return `${minutes} min`;
  return `${Math.round(minutes / 6) / 10} h`;
}
