import { createHash } from "node:crypto";
import type { Mutant } from "./mutant.ts";

/** A shard, `k` of `n` from 1; one mutant is always in the same. */
export interface Shard {
  readonly k: number;
  readonly n: number;
}

/** A number that a name and a seed always have. */
const draw = (name: string, seed: number): number =>
  createHash("sha256").update(`${seed} ${name}`).digest().readUInt32BE();

export const takeShard = (mutants: readonly Mutant[], { k, n }: Shard): Mutant[] =>
  mutants.filter(({ name }) => draw(name, 0) % n === k - 1);

/** So many mutants, drawn by the seed. */
export function takeSample(mutants: readonly Mutant[], size: number, seed: number): Mutant[] {
  return [...mutants].sort((one, other) => draw(one.name, seed) - draw(other.name, seed)).slice(0, size);
}

/** `2/7`; throws on anything else. */
export function readShard(text: string): Shard {
  const [, k = 0, n = 0] = (/^(\d+)\/(\d+)$/.exec(text) ?? []).map(Number);
  if (k < 1 || k > n) throw new Error(`--shard takes k/n, such as 2/7; it is "${text}".`);
  return { k, n };
}
