/** What the releases in production are, and what they raise. Counts are of errors, not of buckets. */
export type ReleasesFact = {
  /** The busiest and loudest. */
  readonly rows: readonly ReleaseRow[];
  /** How many further ones there are. */
  readonly further: number;
  /** Hours since the deploy. */
  readonly hours: number;
  /** Since the deploy, over the releases that hold the fix and over those that do not, or of which it is not known. */
  readonly fixed: ReleaseCount;
  readonly old: ReleaseCount;
  /** The newest hours. */
  readonly lately: {
    readonly hours: number;
    /** Errors of releases that do not hold the fix, or of which it is not known. */
    readonly errors: number;
    /** The part of them of which it is not known. */
    readonly unsure: number;
    /** Errors that all traffic would have raised at the old rate. */
    readonly expected: number;
    /** Errors that as many hours raised before. */
    readonly byHours: number;
    /** Log of the evidence, since the deploy, that they raise no large part of the old errors any more. */
    readonly absence: number;
    /** Those that the traffic of these releases would have raised; null: traffic names no releases. */
    readonly byTraffic: number | null;
    /** Share of the traffic that lacks the fix; null: it names no releases. */
    readonly share: number | null;
    /** The part of it that lacks the fix by its commits, not by dates and versions alone. */
    readonly sure: number | null;
  };
  /** Their share of the traffic in the first and the second half of the time since the deploy, and how much traffic that was. */
  readonly halves: readonly { readonly share: number; readonly traffic: number }[];
  /** The trend of their errors since the deploy, an hour; absent with too few. */
  readonly trend?: { readonly slope: number; readonly error: number };
  /** Old releases are named by versions, not by commits: such as people install. */
  readonly installed: boolean;
  /** The input `old-clients` is `close`: they hold nothing up. */
  readonly mayStay?: true;
};

export type ReleaseRow = {
  /** As it is named; cut. */
  readonly release: string;
  /** null: not known. */
  readonly holds: boolean | null;
  /** Share of the newest hours' traffic; null: traffic names no releases. */
  readonly share: number | null;
  /** Errors since the deploy. */
  readonly errors: number;
};

/** `traffic` null: traffic names no releases. */
export type ReleaseCount = { readonly errors: number; readonly traffic: number | null };
