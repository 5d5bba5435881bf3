/** Where a rival does better than our rule, and why that is accepted; docs/verdicts.md names each. */
type Declared = { readonly where: string; readonly rival: string; readonly why: string };

const DECLARED: readonly Declared[] = [];

/** Why it is accepted that a rival does better in a world; undefined: it is not. */
export const whyDeclared = (where: string, rival: string): string | undefined =>
  DECLARED.find((each) => each.where === where && each.rival === rival)?.why;
