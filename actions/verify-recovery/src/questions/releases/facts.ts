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
    /** Those that the traffic of these releases would have raised; null: traffic names no releases. */
    readonly byTraffic: number | null;
    /** Share of the traffic that lacks the fix; null: it names no releases. */
    readonly share: number | null;
    /** The part of it that lacks the fix by its commits, not by dates and versions alone. */
    readonly sure: number | null;
  };
  /** Errors since the deploy of those that do not, those that all traffic would have raised before, and theirs; null: as below. */
  readonly since: { readonly errors: number; readonly expected: number; readonly byTraffic: number | null };
  /** What shows that they go: their errors, and their traffic; null: it names no releases. */
  readonly fading: { readonly errors: Fading; readonly traffic: Fading | null };
  /** Their traffic moves with the hours, so it may only sleep. */
  readonly sleeps?: true;
  /** People install them, so they linger. */
  readonly installed: boolean;
  /** The input `old-clients` is `close`: they hold nothing up. */
  readonly mayStay?: true;
};

/** Logs of the evidence that no large part is left, and that none will be within seven days. */
export type Fading = { readonly gone: number; readonly falls: number };

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
