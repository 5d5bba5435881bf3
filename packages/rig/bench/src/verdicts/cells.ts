/**
 * How errors come. `daily`: with traffic that swings by day; the others have steady traffic. `young`: the first of
 * them came half a day before the deploy; of the others there is a week.
 */
export const PATTERNS = ["poisson", "clumped", "daily", "young"] as const;
export type Pattern = (typeof PATTERNS)[number];

/**
 * What the rule is told about traffic. `stopping`: it is counted, and stops some time after the deploy.
 * `clock`: it is not counted. `clock-stopping`: it stops, and is not counted.
 */
export const EXPOSURES = ["true", "noisy", "stopping", "clock", "clock-stopping"] as const;
export type CellExposure = (typeof EXPOSURES)[number];

/** Share of the errors that the deploy leaves: 1, nothing was fixed; 0, all of it was. */
export const RESIDUES = [1, 0.5, 0.25, 0.1, 0] as const;

/** Errors an hour before the deploy. */
export const RATES = [0.25, 0.5, 1, 2, 5, 20] as const;

export type Cell = {
  readonly pattern: Pattern;
  readonly exposure: CellExposure;
  readonly residue: number;
  readonly perHour: number;
};

/** Every combination, in the order in which it is printed. */
export function allCells(): Cell[] {
  return PATTERNS.flatMap((pattern) =>
    EXPOSURES.flatMap((exposure) =>
      residuesFor(exposure).flatMap((residue) =>
        RATES.map((perHour) => ({ pattern, exposure, residue, perHour })),
      ),
    ),
  );
}

/** Where traffic stops and nobody knows, there is one question: how often is it taken for a fix? */
function residuesFor(exposure: CellExposure): readonly number[] {
  return exposure === "clock-stopping" ? [1] : RESIDUES;
}

/** For people: "clumped, noisy exposure, .25 left, 2/h". */
export function nameCell({ pattern, exposure, residue, perHour }: Cell): string {
  return `${pattern}, ${exposure} exposure, ${residue} left, ${perHour}/h`;
}
