import { type ArenaCell, nameArenaCell } from "./figures.ts";

/** Where a rival does better than our rule, and why that is accepted. */
type KnownUpset = { readonly where: string; readonly rival: string; readonly why: string };

const KNOWN_UPSETS: readonly KnownUpset[] = [];

/** Why it is accepted that a rival does better in a cell; undefined: it is not. */
export const whyKnown = (cell: ArenaCell, rival: string): string | undefined =>
  KNOWN_UPSETS.find((known) => known.where === nameArenaCell(cell) && known.rival === rival)?.why;
