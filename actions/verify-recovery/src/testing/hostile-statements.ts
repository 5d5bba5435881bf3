/** What a statement begins with, and what is repeated after it so that it never ends; empty: the beginning is. */
export const HOSTILE = [
  ["fix ", ""],
  ["refs ", " "],
  ["refs #1", ", #1"],
  ["refs ", "a."],
] as const;

/** A text that makes a bad pattern slow. */
export const hostileText = (head: string, piece: string, count: number): string =>
  piece === "" ? head.repeat(count) : head + piece.repeat(count);
