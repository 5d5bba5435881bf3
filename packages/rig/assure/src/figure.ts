/** One line of the table. All but `holds` are words for people; the measurement behind them is a `Tally`. */
export interface FigureLine {
  /** The name of the source, such as `forged-records`. */
  readonly figure: string;
  /** What is promised: `0 believed`. */
  readonly goal: string;
  /** What was seen: `0 believed; the control believed 812 of 2,000`. */
  readonly seen: string;
  /** Whether the goal was met, and the control noticed what it has to. What was not measured never holds. */
  readonly holds: boolean;
  /** How much was tried, as in `20,000 records`; `NOT_MEASURED` if nothing was. */
  readonly sample: string;
  /** What the sample says of what it did not try: `<= .02 % at 95 %`. */
  readonly interval?: string;
  /** What measures it again, from the root of the repository. */
  readonly command: string;
}

export const NOT_MEASURED = "not measured";

/** What a part of a measurement has seen. Plain JSON: parts are kept in files and added up. */
export interface Tally {
  /** How much was tried, in the unit of the source. */
  readonly sample: number;
  /** Sums: violations, cases caught by the control. Parts are added. */
  readonly counts: Readonly<Record<string, number>>;
  /** Largest values: CPU milliseconds, megabytes. The larger of two parts counts. */
  readonly worst: Readonly<Record<string, number>>;
  /** What went wrong, each with what plays it again; at most a few. */
  readonly faults: readonly string[];
}

/** `short` is a sample by a seed; `full` is everything, in parts, kept as data. */
export type Form = "short" | "full";

/** What `npm run assure` can measure. */
export interface FigureSource {
  /** Kebab case; `--only` takes it, and it names the folder of the results. */
  readonly name: string;
  readonly goal: string;
  /** The files and folders, from the root, whose last commit decides whether a kept result still counts. */
  readonly measures: readonly string[];
  /**
   * Whether each part is a draw by seeds that no other has, and all take hours: then parts of several commits add
   * up, and the line says of how many. What has to hold of each commit by itself is no such figure.
   */
  readonly isDrawn?: true;
  /** Whether it times code: it is played first, while the process holds nothing to collect garbage of. */
  readonly isTimed?: true;
  /** A sample by the seed, meant to take a minute or two; absent: the short form shows what the full one has kept. */
  readonly playShort?: (seed: number) => Promise<Tally>;
  /** What the full form consists of, meant to take at most 60 minutes each; the names are those of files. */
  readonly shards: readonly string[];
  readonly playShard: (shard: string) => Promise<Tally>;
  /** What the sum of all parts shows. */
  readonly describe: (tally: Tally, form: Form) => Pick<FigureLine, "seen" | "holds" | "sample" | "interval">;
}

/** A figure that is promised, and that nothing measures yet. */
export interface Unmeasured {
  readonly name: string;
  readonly goal: string;
  /** What is missing. */
  readonly missing: string;
}
