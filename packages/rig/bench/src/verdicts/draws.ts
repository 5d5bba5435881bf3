/** Draws of the distributions that the simulation uses. Every one takes its randomness as a function to [0, 1). */
export type Random = () => number;

/** A seeded generator of numbers in [0, 1): mulberry32. Seeds that differ by one give unrelated sequences. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A seed of its own for everything that has a name: FNV-1a over what describes it. */
export function deriveSeed(described: object, seed: number): number {
  let hash = 2_166_136_261;
  for (const char of JSON.stringify([seed, ...Object.values(described)])) {
    hash = Math.imul(hash ^ char.charCodeAt(0), 16_777_619);
  }
  return hash >>> 0;
}

export function drawExponential(mean: number, random: Random): number {
  return -mean * Math.log1p(-random());
}

/** How many tries it takes until one succeeds, of which one in `mean` does: 1 or more. */
export function drawGeometric(mean: number, random: Random): number {
  return mean <= 1 ? 1 : 1 + Math.floor(Math.log1p(-random()) / Math.log1p(-1 / mean));
}

/** Box and Muller's transform. */
export function drawNormal(random: Random): number {
  return Math.sqrt(drawExponential(2, random)) * Math.cos(2 * Math.PI * random());
}

/** A positive factor with mean 1 and the given coefficient of variation. */
export function drawLogNormal(variation: number, random: Random): number {
  const variance = Math.log1p(variation ** 2);
  return Math.exp(Math.sqrt(variance) * drawNormal(random) - variance / 2);
}

/** Knuth's product of uniform numbers; above 60 the normal approximation. */
export function drawPoisson(mean: number, random: Random): number {
  if (mean > 60) return Math.max(0, Math.round(mean + Math.sqrt(mean) * drawNormal(random)));
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random(); product > limit; product *= random()) count++;
  return count;
}

/** Mean `shape`, variance `shape`: Marsaglia and Tsang (2000), below 1 with their power of a uniform number. */
export function drawGamma(shape: number, random: Random): number {
  if (shape < 1) return drawGamma(shape + 1, random) * (1 - random()) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = drawNormal(random);
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log1p(-random()) < x ** 2 / 2 + d - d * v + d * Math.log(v)) return d * v;
  }
}
