import type { Incident, Phase } from "@patchpilot/incident";
import type { AccountEntry, AccountIndex } from "@patchpilot/ledger";
import { HOUR } from "@patchpilot/time";
import type { AccountDraft, Ignored, Reason } from "../facts.ts";

/** What an issue may wait for; each ends by itself, and the issue is judged again when it does. */
const WAITING_REASONS: ReadonlySet<string> = new Set([
  "below-threshold",
  "archived",
  "resolved",
  "wrong-environment",
  "fix-in-flight",
  "held",
  "locked",
]);
/** Passed every filter, or was not read yet; a later run takes it. */
export const NEXT_RUN = "waiting/next-run";
/** End with a change on GitHub, so Sentry is not asked. */
const ON_GITHUB: ReadonlySet<string> = new Set(["waiting/held", "waiting/locked"]);
export const endsOnGitHub = (state: string): boolean => ON_GITHUB.has(state);
/** Sentry could not be asked. Never kept: the state before it is. */
const NO_DATA = "waiting/no-data";

/** What one request lists. */
const ONE_PAGE = 100;
/** If nothing else changed: what changed on GitHub since is listed in each run. */
const REWRITTEN_EVERY = 6 * HOUR;

export const acceptedAs = (phase: Phase): string => `accepted/${phase}`;

/** The state of an issue that is passed over. */
export function nameState({ reason, waitsFor, duplicateOf }: Omit<Reason, "detail">): string {
  if (reason === "duplicate") return `duplicate/${duplicateOf ?? "another of this run"}`;
  const name = waitsFor ?? reason;
  return `${WAITING_REASONS.has(name) ? "waiting" : "ignored"}/${name}`;
}

/** How many open issues of Sentry's there are, and what each of them is: the sums add up to `open`. */
export type IssueSums = {
  readonly open: number;
  /** By phase. */
  readonly accepted: Readonly<Record<string, number>>;
  /** By the issue that they repeat. */
  readonly duplicate: Readonly<Record<string, number>>;
  /** By condition. */
  readonly waiting: Readonly<Record<string, number>>;
  /** For good, by reason. */
  readonly ignored: Readonly<Record<string, number>>;
  /** Whether all open issues of the repository were listed. */
  readonly complete: boolean;
};

/** Adds up what is known of each issue. Pure. */
export function countAccount(
  entries: readonly AccountEntry[],
  noData: ReadonlySet<number>,
  complete: boolean,
): IssueSums {
  const sums = { accepted: {}, duplicate: {}, waiting: {}, ignored: {} } as Record<
    string,
    Record<string, number>
  >;
  for (const { issue, state } of entries) {
    const [kind = "", name = ""] = (noData.has(issue) ? NO_DATA : state).split("/");
    const names = sums[kind];
    if (names !== undefined) names[name] = (names[name] ?? 0) + 1;
  }
  const { accepted = {}, duplicate = {}, waiting = {}, ignored = {} } = sums;
  return { open: entries.length, accepted, duplicate, waiting, ignored, complete };
}

/** The account of a run about some issues alone: what it read of them. */
export const draftAccount = (
  read: readonly Incident[],
  looked: readonly Incident[],
  belongs: AccountDraft["belongs"],
): AccountDraft => ({
  entries: new Map(),
  read,
  looked: new Set(looked.map(({ number }) => number)),
  sights: new Map(),
  noData: new Set(),
  belongs,
});

/** What a run decided about issues that it looked at. */
type Decided = {
  readonly ignored: readonly Ignored[];
  /** Accepted, and written. */
  readonly accepted: ReadonlySet<number>;
  /** Incidents that were known before. */
  readonly known: readonly Incident[];
};

/**
 * Every open issue of Sentry's with its one state after a run: its phase if it has one, else what was decided about it, else
 * what was known of it; what was looked at and came to nothing is left to the next run. Pure.
 */
export function settleAccount(
  { entries: known, read, looked, sights, belongs }: AccountDraft,
  { ignored, accepted, known: incidents }: Decided,
): AccountEntry[] {
  const entries = new Map(known);
  const passedOver = new Map(ignored.map((one) => [one.issue, one]));
  for (const incident of read.filter(belongs)) {
    const { number, open } = incident;
    const before = entries.get(number) ?? { ...UNKNOWN, issue: number };
    const state = accepted.has(number) ? acceptedAs("accepted") : phaseState(incident);
    if (!open && !accepted.has(number)) entries.delete(number);
    else if (state !== undefined) entries.set(number, { ...UNKNOWN, issue: number, state });
    else entries.set(number, before);
  }
  const isPhased = (number: number) => entries.get(number)?.state.startsWith("accepted/") === true;
  for (const number of [...looked, ...passedOver.keys()]) {
    const before = entries.get(number);
    const objection = passedOver.get(number);
    if (before === undefined || isPhased(number)) continue;
    const { sentryId, seen } = sights.get(number) ?? UNKNOWN;
    const isLeft = objection === undefined || repeatsNothing(objection, accepted, incidents);
    const state = isLeft ? NEXT_RUN : nameState(objection);
    entries.set(number, { issue: number, state, sentryId, seen });
  }
  return [...entries.values()].toSorted((a, b) => a.issue - b.issue);
}

/** What it repeats passed every filter as well, and became no incident in this run. */
const repeatsNothing = (
  { duplicateOf }: Ignored,
  accepted: ReadonlySet<number>,
  incidents: readonly Incident[],
): boolean =>
  duplicateOf !== undefined &&
  !accepted.has(duplicateOf) &&
  !incidents.some(({ number }) => number === duplicateOf);

const UNKNOWN = { state: NEXT_RUN, sentryId: null, seen: null };

/** What is written of the account; undefined if a later run knows as much without it. Pure. */
export function nextIndex(
  { listing }: AccountDraft,
  entries: readonly AccountEntry[],
): AccountIndex | undefined {
  if (listing === undefined) return undefined;
  const { at, index: before, settings, walk, walkedAt, changed, met } = listing;
  const index = { at, settings, walk, walkedAt, entries };
  const isFar = changed.length + met.length > ONE_PAGE;
  const waits = entries.some(({ state }) => !state.startsWith("accepted/"));
  if (before === undefined) return isFar || waits ? index : undefined;
  const isSame =
    walk === null &&
    before.walk === null &&
    walkedAt === before.walkedAt &&
    isSameList(before.entries, entries);
  return isSame && at - before.at < REWRITTEN_EVERY ? undefined : index;
}

const isSameList = (one: readonly AccountEntry[], other: readonly AccountEntry[]): boolean =>
  JSON.stringify(one.map(toTuple).toSorted()) === JSON.stringify(other.map(toTuple).toSorted());
const toTuple = ({ issue, state, sentryId, seen }: AccountEntry) => [issue, state, sentryId, seen].join();

const phaseState = ({ phase }: Incident): string | undefined =>
  phase === undefined ? undefined : acceptedAs(phase);
