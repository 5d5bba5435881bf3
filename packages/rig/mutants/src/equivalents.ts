/** A mutant that behaves like the code it changes. */
export interface Equivalent {
  /** As `npm run mutants -- --survivors` prints it. */
  readonly name: string;
  /** Why no test can tell the two apart. */
  readonly reason: string;
}

/** Mutants that no test can notice. One that is noticed, or that is gone, makes the command fail. */
export const EQUIVALENTS: readonly Equivalent[] = [];
