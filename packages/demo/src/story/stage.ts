import { checkOutAll, type Dice, type Served, visitsOf, withFullCarts } from "../shop/visitors.ts";
import type { World } from "../world/open-world.ts";
import type { Decision } from "./describe-step.ts";
import type { Timeline } from "./timeline.ts";

const MINUTE = 60_000;
const STEP = 5 * MINUTE;
const HALF_AN_HOUR = 30 * MINUTE;

/** What a scenario plays with. */
export type Stage = {
  readonly world: World;
  readonly timeline: Timeline;
  readonly dice: Dice;
  /** The last decision of `verify-recovery`. */
  readonly lastDecision: () => Decision | undefined;
  /** Whether visitors buy more than one article at once. */
  readonly hasFullCarts: boolean;
  /** False from the moment when visitors stay away. */
  hasVisitors: boolean;
};

/** Five minutes with their visitors. What the SDKs hold is handed over at the end, so that it is stamped with them. */
async function passStep(
  { world, dice, hasVisitors, hasFullCarts }: Stage,
  length: number,
): Promise<readonly Served[]> {
  await world.pass(length);
  if (!hasVisitors) return [];
  const visits = hasFullCarts ? withFullCarts(visitsOf(dice), dice) : visitsOf(dice);
  const served = await checkOutAll(world.domain.url, visits);
  await world.hosting.live()?.flush();
  await world.settle();
  return served;
}

/** Lets visitors come until an instant, or until something has happened. */
export async function passUntil(
  stage: Stage,
  until: number,
  hasHappened: () => boolean = () => false,
): Promise<void> {
  const { clock } = stage.world;
  const from = clock.now();
  const served: Served[] = [];
  while (clock.now() < until && !hasHappened()) {
    const left = until - clock.now();
    served.push(...(await passStep(stage, stage.hasVisitors ? Math.min(STEP, left) : left)));
  }
  notePassing(stage, clock.now() - from, served);
}

/** A few minutes are not worth a line. */
function notePassing(stage: Stage, length: number, served: readonly Served[]): void {
  if (length < HALF_AN_HOUR) return;
  const span = describeSpan(length);
  const came = stage.hasVisitors ? `${served.length} checkouts in ${span}` : `nobody came in ${span}`;
  stage.timeline.note("visitors", stage.hasVisitors ? `${came}, ${describeServed(stage, served)}` : came);
}

/** What the story is about: how many crashed, or how long they took. */
function describeServed({ hasFullCarts }: Stage, served: readonly Served[]): string {
  if (!hasFullCarts) return `${served.filter(({ failed }) => failed).length} crashed`;
  const waited = served.map(({ milliseconds }) => milliseconds).toSorted((one, other) => one - other);
  return `half of them took ${Math.round(waited[Math.floor(waited.length / 2)] ?? 0)} ms or more`;
}

/** Fires the workflow's schedule at its first instant that is not before `notBefore`; visitors come until then. */
export async function tick(stage: Stage, notBefore: number): Promise<void> {
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
