import type { FigureSource } from "./figure.ts";

/** A part of the work that one machine takes, as in `2/5`. */
export type WorkShare = { readonly part: number; readonly of: number };

/** @returns undefined if it is not `k/n` with 1 <= k <= n */
export function readShare(text: string): WorkShare | undefined {
  const [, part = 0, of = 0] = (/^(\d{1,4})\/(\d{1,4})$/.exec(text) ?? []).map(Number);
  return part >= 1 && part <= of ? { part, of } : undefined;
}

/** A piece of work of the full form, and the result that is kept of it. */
export type Piece = Pick<FigureSource, "isDrawn"> & {
  readonly figure: string;
  readonly shard: string;
  readonly keptOf?: string;
};

/**
 * What is left to play: this machine's share, without what was played of this very state, or of any if it is drawn.
 *
 * @param state the commit of what a figure measures; undefined: it has changes that no commit holds, so nothing counts
 */
export const leftToPlay = (
  pieces: readonly Piece[],
  { part, of }: WorkShare,
  state: (figure: string) => string | undefined,
): Piece[] =>
  pieces
    .filter((_, at) => at % of === part - 1)
    .filter(({ figure, keptOf, isDrawn }) => keptOf === undefined || (!isDrawn && keptOf !== state(figure)));

/** Names of so many parts, in the order of files. */
export const numberShards = (count: number): string[] =>
  Array.from({ length: count }, (_, at) => String(at + 1).padStart(String(count).length, "0"));
