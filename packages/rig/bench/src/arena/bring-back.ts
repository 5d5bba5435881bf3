import { seededRandom } from "../verdicts/draws.ts";
import { drawWorld } from "../verdicts/worlds/draw-world.ts";
import { hours } from "../verdicts/worlds/plan.ts";
import type { ByRelease, World, WorldKind } from "../verdicts/worlds/world.ts";

/** The same incident, all of it fixed and none of it. */
export type Twins = { readonly gone: World; readonly whole: World };

export function drawTwins({ plan }: WorldKind, perHour: number, seed: number): Twins {
  const draw = (residue: number): World => {
    const random = seededRandom(seed);
    return drawWorld(plan(random), { perHour, residue }, random);
  };
  return { gone: draw(0), whole: draw(1) };
}

/** The incident that is fixed until so many hours after the deploy, and from then on as if it never was. */
export function bringBack({ gone, whole }: Twins, afterHours: number): World {
  const at = gone.deploy + hours(afterHours);
  const join = (early: readonly number[], late: readonly number[]) => [
    ...early.slice(0, at),
    ...late.slice(at),
  ];
  const joinReleases = (early: ByRelease, late: ByRelease): ByRelease => ({
    old: join(early.old, late.old),
    new: join(early.new, late.new),
    none: join(early.none, late.none),
  });
  const joinCounted = (early: ByRelease | null, late: ByRelease | null) =>
    early && late && joinReleases(early, late);
  return {
    ...gone,
    events: joinReleases(gone.events, whole.events),
    traffic: {
      project: joinCounted(gone.traffic.project, whole.traffic.project),
      operation: joinCounted(gone.traffic.operation, whole.traffic.operation),
    },
  };
}
