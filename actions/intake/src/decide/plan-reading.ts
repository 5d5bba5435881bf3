import { labelsOfCommand, PHASES, type Phase, phaseLabel, UMBRELLA_LABEL } from "@patchpilot/incident";
import type { AccountEntry } from "@patchpilot/ledger";
import type { Brief, IssueListing } from "../facts.ts";
import { acceptedAs, endsOnGitHub, NEXT_RUN } from "./account.ts";
import { isSentryAuthor } from "./recognise.ts";

/** Most issues that one run reads whole, 50 a request; the others wait for the next. */
const MOST_READ = 300;

/** What is known of each open issue of Sentry's, and what has to be read. */
export type ReadingPlan = {
  readonly entries: Map<number, AccountEntry>;
  readonly numbers: readonly number[];
};

const PHASE_LABELS = new Map(PHASES.map((phase) => [phaseLabel(phase), phase]));
/** Other actions have it in hand, and the label says enough. */
const ELSEWHERE: ReadonlySet<Phase> = new Set(["working", "proposed", "verifying", "requeued"]);
/** Read in every run, or when it changes. */
const LISTED: ReadonlySet<Phase> = new Set(["accepted", "needs-human"]);
/** Over, though the issue is open: somebody reopened it. */
const ENDED: ReadonlySet<Phase> = new Set(["recovered", "dismissed"]);

/** How urgently an issue is read, the most urgent first. */
const URGENCY = ["requested", "changed", "unread", "met"] as const;

/**
 * Chooses from brief lists the issues that have to be read whole: those that changed and those that nothing is known of, of
 * Sentry's and of those that people labelled. Pure.
 */
export function planReading(listing: IssueListing, authors: readonly string[]): ReadingPlan {
  const { index, changed, met, vanished } = listing;
  const entries = new Map((index?.entries ?? []).map((entry) => [entry.issue, entry]));
  const wanted: Record<(typeof URGENCY)[number], Set<number>> = {
    requested: new Set(),
    changed: new Set(),
    unread: new Set([...entries.values()].filter(isUnread).map(({ issue }) => issue)),
    met: new Set(),
  };
  const gone = new Set([...vanished, ...changed.filter(({ open }) => !open).map(({ number }) => number)]);
  for (const number of gone) {
    entries.delete(number);
    wanted.unread.delete(number);
  }
  for (const [issue, entry] of entries)
    if (repeatsOne(entry, gone)) entries.set(issue, { ...entry, state: NEXT_RUN });
  for (const [brief, isChanged] of [...pair(changed, true), ...pair(met, false)]) {
    if (!brief.open) continue;
    const { number } = brief;
    const phase = readPhase(brief);
    if (!isSentryAuthor(brief.author, authors)) {
      if (isChanged ? isLabelled(brief) : isRequested(brief, phase)) wanted.requested.add(number);
    } else if (phase !== undefined && isCertain(phase, isChanged, entries.get(number))) {
      wanted.unread.delete(number);
      entries.set(number, { issue: number, state: acceptedAs(phase), sentryId: null, seen: null });
    } else if (isChanged) wanted.changed.add(number);
    else if (isUnknown(entries.get(number), phase)) wanted.met.add(number);
  }
  const ordered = [...new Set(URGENCY.flatMap((urgency) => [...wanted[urgency]]))];
  const later = ordered.slice(MOST_READ).filter((number) => !wanted.requested.has(number));
  for (const issue of later) entries.set(issue, { issue, state: NEXT_RUN, sentryId: null, seen: null });
  return { entries, numbers: ordered.slice(0, MOST_READ) };
}

const pair = (briefs: readonly Brief[], isChanged: boolean) =>
  briefs.map((brief) => [brief, isChanged] as const);

/** An earlier run had no room to read it, or Sentry's lists cannot be asked about it. */
const isUnread = ({ state, sentryId }: AccountEntry): boolean =>
  sentryId === null && /^(waiting|duplicate)\//.test(state) && !endsOnGitHub(state);

/** The incident that it repeats was closed, or is gone. */
const repeatsOne = ({ state }: AccountEntry, gone: ReadonlySet<number>): boolean =>
  gone.has(Number(/^duplicate\/(\d+)$/.exec(state)?.[1]));

/** The phase that the labels name, if they name one alone. */
function readPhase({ labels }: Brief): Phase | undefined {
  const phases = labels.flatMap((label) => PHASE_LABELS.get(label.toLowerCase()) ?? []);
  return phases.length === 1 ? phases[0] : undefined;
}

/** People may set any label, so one that is new to what is known is no proof. */
const isCertain = (phase: Phase, isChanged: boolean, known: AccountEntry | undefined): boolean =>
  isChanged
    ? ELSEWHERE.has(phase) && known?.state.startsWith("accepted/") === true
    : ELSEWHERE.has(phase) || LISTED.has(phase);

/** Nothing is known of it, or its labels contradict what is known. */
const isUnknown = (entry: AccountEntry | undefined, phase: Phase | undefined): boolean =>
  entry === undefined || entry.state.startsWith("accepted/") || phase !== undefined;

const isLabelled = ({ labels }: Brief): boolean =>
  labels.some((label) => label.toLowerCase().startsWith(UMBRELLA_LABEL));

const isRequested = ({ labels }: Brief, phase: Phase | undefined): boolean =>
  phase === undefined
    ? labels.some((label) => labelsOfCommand("take-on").includes(label.toLowerCase()))
    : ENDED.has(phase);
