/** A series that somebody recorded, one row an interval. */
export type Recording = {
  /** File name, as people know it. */
  readonly name: string;
  /** Milliseconds since the epoch at which the first row's interval begins. */
  readonly start: number;
  readonly intervalMs: number;
  /** NaN where a row is missing. */
  readonly values: readonly number[];
  /** Traffic in the same intervals; null where the file has none. */
  readonly exposure: readonly number[] | null;
  /** Rows (0 is the first) at which the series is known to have changed; null where nobody said. */
  readonly changes: readonly number[] | null;
};

/** What is wrong with a folder or a file, in one sentence for the person who made it. */
export class BadRecording extends Error {}
