/** Another error that took the place of this one. A record of an older version has its short id only. */
export type SiblingFact =
  | { readonly state: "none" }
  | ({ readonly state: "found"; readonly shortId: string } & Partial<SiblingRise>)
  | { readonly state: "unknown"; readonly detail: string };

export type SiblingRise = {
  /** What it has in common with this one. */
  readonly alike: "place" | "message";
  /** Its first error since the deploy. */
  readonly since: number;
  /**
   * Errors an hour in the week before the deploy, 0 where it is new; and since, of releases that hold the fix where
   * they can be separated.
   */
  readonly perHour: { readonly before: number; readonly after: number };
  /** How many more there are. */
  readonly others: number;
  /** The incident that it is; null: none that is open. */
  readonly incident: number | null;
};
