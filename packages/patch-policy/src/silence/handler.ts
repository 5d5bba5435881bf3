/** A place where an error is caught: what is caught, by which code, and what is tried. */
export type Handler = {
  readonly from: number;
  readonly to: number;
  /** Types that are caught; empty: anything. */
  readonly types: readonly string[];
  readonly body: string;
  /** What is tried, where it is known. */
  readonly tried: string;
  /** Its own parts, where what is tried stands between them. */
  readonly spans?: readonly (readonly [from: number, to: number])[];
};
