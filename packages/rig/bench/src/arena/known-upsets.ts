import type { ArenaCell } from "./figures.ts";

/** A world in which a rival does better than our rule, and why that is accepted. */
type KnownUpset = { readonly world: string; readonly rival: string; readonly why: string };

const KNOWN_UPSETS: readonly KnownUpset[] = [];

/** Why it is accepted that a rival does better in a cell; undefined: it is not. */
export const whyKnown = ({ name }: ArenaCell, rival: string): string | undefined =>
  KNOWN_UPSETS.find((known) => known.world === name && known.rival === rival)?.why;
