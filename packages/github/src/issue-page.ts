import {
  type FoundRepository,
  type GitHubRepository,
  type RecentDispatches,
  toRecentDispatches,
  toRepository,
} from "./incident-repository.ts";
import type { GitHubIssue } from "./issue-fields.ts";
import type { RecentMerge } from "./pull-references.ts";
import type { RefState } from "./refs.ts";

/** What a read of issues asks for: numbers, or a search by label and by time of change. */
export type IncidentSearch =
  | { readonly numbers: readonly number[] }
  | {
      /** Open issues that carry one of these. */
      readonly labels: readonly string[];
      readonly updatedSince: string;
      /** The first 50 closed issues that carry this label and changed since, newest change first; absent: none. */
      readonly closed?: { readonly label: string; readonly since: string };
      /** The first 50 open issues that carry this label, newest change first; absent: none. */
      readonly waiting?: string;
    };

/** What is asked in the same request. */
export type Extras = {
  readonly dispatchFacts?: boolean;
  /** Pull requests that refer to the issues; a search also answers with those that were merged lately. */
  readonly pullReferences?: boolean;
  /** Full names of refs. */
  readonly refs?: readonly string[];
};

/**
 * How many issues there are of which a search answers a part, for taking them in turn: open ones under the umbrella
 * label, and those of the search's `closed` and `waiting`; 0 where they were not asked for.
 */
export type IssueTotals = Readonly<Record<"open" | "closed" | "waiting", number>>;

/** What one read answers. */
export type IssuePage = {
  readonly repository: GitHubRepository;
  readonly issues: readonly GitHubIssue[];
  readonly totals: IssueTotals;
  readonly dispatchFacts?: RecentDispatches;
  /** Empty where they were not asked for. */
  readonly recentMerges: readonly RecentMerge[];
  /** The refs that were asked for; undefined where one does not exist. */
  readonly refs: ReadonlyMap<string, RefState | undefined>;
};

/** The part of a page that the repository itself answers. */
export function readFoundRepository(found: FoundRepository): Pick<IssuePage, "repository" | "dispatchFacts"> {
  const dispatchFacts = toRecentDispatches(found);
  return { repository: toRepository(found), ...(dispatchFacts && { dispatchFacts }) };
}
