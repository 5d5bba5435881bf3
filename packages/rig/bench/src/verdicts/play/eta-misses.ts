import type { Judge } from "./judge.ts";

/** Trials by how the first ETA kept its word. */
export type EtaMisses = {
  /** Those in which the first look named one. */
  readonly trials: number;
  /** Recovered after more than 1.5 times as long, or never. */
  readonly later: number;
  /** Recovered in less than two thirds of it. */
  readonly sooner: number;
};

const FACTOR = 1.5;

export function missEtas(ended: readonly ReturnType<Judge>[]): EtaMisses {
  const ratios = ended.flatMap(({ verdict, hours, promised }) => {
    if (promised === null) return [];
    return [verdict === "recovered" || verdict === "stopped" ? hours / promised : Number.POSITIVE_INFINITY];
  });
  return {
    trials: ratios.length,
    later: ratios.filter((ratio) => ratio > FACTOR).length,
    sooner: ratios.filter((ratio) => ratio < 1 / FACTOR).length,
  };
}
