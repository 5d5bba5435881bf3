import { floorToBucket, ingestedUntil } from "./counting.ts";
import type { CountedIssue } from "./error-events.ts";
import { groupsThatFit, MAX_POINTS } from "./explore.ts";

/** An issue to count, from its own onset on. */
export type BucketedIssue = CountedIssue & { readonly since?: Date };

/** An issue with the bucket that its series begins with. */
export type PlacedIssue = BucketedIssue & {
  readonly from: number;
  /** True where more buckets were asked than one reply holds. */
  readonly clipped: boolean;
};

/** Issues that fit into one request, over the window that all of them need. Milliseconds since the epoch. */
export type BucketGroup = {
  readonly issues: readonly PlacedIssue[];
  readonly from: number;
  readonly to: number;
};

/**
 * Groups issues into as few requests as Sentry's limit of points allows: those with equally long histories together.
 * Seven days of five-minute buckets are 2,016 points, so four such issues share a request; three days, ten.
 */
export function groupIssues(
  question: { readonly issues: readonly BucketedIssue[]; readonly start: Date; readonly end: Date },
  interval: number,
): readonly BucketGroup[] {
  const placed = question.issues
    .map((issue) => place(issue, question, interval))
    .sort((one, other) => other.from - one.from);
  const to = ingestedUntil(question.end, interval);
  const groups: { issues: PlacedIssue[]; from: number; to: number }[] = [];
  for (const issue of placed) {
    const last = groups.at(-1);
    const room = groupsThatFit((to - issue.from) / interval);
    if (last && last.issues.length < room) {
      last.issues.push(issue);
      last.from = issue.from;
    } else {
      groups.push({ issues: [issue], from: issue.from, to });
    }
  }
  return groups;
}

function place(
  issue: BucketedIssue,
  question: { readonly start: Date; readonly end: Date },
  interval: number,
): PlacedIssue {
  const from = floorToBucket(issue.since ?? question.start, interval);
  const to = ingestedUntil(question.end, interval);
  const earliest = to - MAX_POINTS * interval;
  return { ...issue, from: Math.min(to, Math.max(from, earliest)), clipped: from < earliest };
}
