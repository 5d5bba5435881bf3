import { BUCKETS_PER_HOUR } from "@patchpilot/verdict";
import { drawGamma, drawNormal, type Random } from "../draws.ts";
import { BUCKETS, type Curve, curveFrom } from "./plan.ts";

/**
 * A factor with mean 1 whose logarithm wanders (Ornstein and Uhlenbeck): its standard deviation is `deviation`, and what
 * it has in common with itself falls by 1/e in each memory.
 */
export function wanderLogNormal(deviation: number, memoryHours: number, random: Random): Curve {
  const keep = Math.exp(-1 / (memoryHours * BUCKETS_PER_HOUR));
  const step = deviation * Math.sqrt(1 - keep ** 2);
  let log = deviation * drawNormal(random);
  return curveFrom(
    Array.from({ length: BUCKETS }, () => {
      log = keep * log + step * drawNormal(random);
      return Math.exp(log - deviation ** 2 / 2);
    }),
  );
}

/** A factor drawn anew for each so many buckets. */
export function drawEach(buckets: number, draw: () => number): Curve {
  let value = 1;
  return curveFrom(
    Array.from({ length: BUCKETS }, (_, i) => {
      if (i % buckets === 0) value = draw();
      return value;
    }),
  );
}

/** A gamma factor with mean 1, which makes Poisson counts negative binomial of that shape. */
export const gammaEach = (buckets: number, shape: number, random: Random): Curve =>
  drawEach(buckets, () => drawGamma(shape, random) / shape);
