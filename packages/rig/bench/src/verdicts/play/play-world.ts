import { assessRecovery, BUCKETS_PER_HOUR } from "@patchpilot/verdict";
import { followRecovery } from "@patchpilot/verdict/testing";
import { deriveSeed, seededRandom } from "../draws.ts";
import { type Trial, upperMedian } from "../outcome.ts";
import { drawWorld } from "../worlds/draw-world.ts";
import type { Setting, World, WorldKind } from "../worlds/world.ts";
import { WORLDS } from "../worlds/worlds.ts";
import { seeAsShipped } from "./see-as-shipped.ts";

/** A world at one rate and residue. */
export type WorldCell = Setting & { readonly name: string };

/** How the trials of one cell ended, whenever they did. */
export type WorldFigures = {
  readonly cell: WorldCell;
  readonly trials: number;
  readonly recovered: number;
  readonly failing: number;
  /** Median hours to "recovered" over all trials; null: most never came to it. */
  readonly medianHours: number | null;
};

/** A rule with the eyes that it has. */
export type Judge = (world: World) => Trial;

/** verify-recovery as it ships, asked every five minutes; what only a whole count can rule out is asked every hour. */
export const judgeAsShipped: Judge = (world) => {
  const { history, gatesAt } = seeAsShipped(world);
  const { buckets, assessment } = followRecovery(history, gatesAt);
  if (assessment.verdict !== "failing")
    return { verdict: assessment.verdict, hours: buckets / BUCKETS_PER_HOUR };
  const { events, exposure } = history.since;
  let verdict = "waiting";
  let seen = buckets;
  for (; seen <= exposure.length; seen += BUCKETS_PER_HOUR) {
    const since = { events: events.slice(0, seen), exposure: exposure.slice(0, seen) };
    const hoursSinceDeploy = seen / BUCKETS_PER_HOUR;
    ({ verdict } = assessRecovery({ ...history, since, hoursSinceDeploy, gates: gatesAt(seen) }));
    if (ENDS.has(verdict)) break;
  }
  return { verdict, hours: seen / BUCKETS_PER_HOUR };
};

const ENDS: ReadonlySet<string> = new Set(["recovered", "failing", "inconclusive"]);

/** Plays a world so many times. The same seed draws the same incidents for every judge. */
export function playWorld(judge: Judge, cell: WorldCell, trials: number, seed: number): WorldFigures {
  const draw = drawInTurn(cell, seed);
  const ended = Array.from({ length: trials }, () => judge(draw()));
  const delays = ended.flatMap(({ verdict, hours }) => (verdict === "recovered" ? [hours] : []));
  return {
    cell,
    trials,
    recovered: delays.length,
    failing: ended.filter(({ verdict }) => verdict === "failing").length,
    medianHours: upperMedian(delays, trials),
  };
}

/** Draws the incidents of a cell, one a call. */
export function drawInTurn(cell: WorldCell, seed: number): () => World {
  const { plan } = findWorld(cell.name);
  const random = seededRandom(deriveSeed(cell, seed));
  return () => drawWorld(plan(random), cell, random);
}

/** @throws RangeError for a name that no world has */
export function findWorld(name: string): WorldKind {
  const kind = WORLDS.find((each) => each.name === name);
  if (kind === undefined) throw new RangeError(`There is no world named "${name}".`);
  return kind;
}
