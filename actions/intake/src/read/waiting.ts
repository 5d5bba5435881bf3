import { HttpFailure, isNotFound } from "@patchpilot/http";
import { SEVERITIES } from "@patchpilot/incident";
import type { AccountEntry, SentrySight } from "@patchpilot/ledger";
import type { IntakeInputs } from "../contract.ts";
import { NEXT_RUN, nameState } from "../decide/account.ts";
import { findFix } from "../decide/find-fix.ts";
import { digestSight, judgeListed, type ListVerdict, viewListed } from "../decide/judge-listed.ts";
import { scoreFailure } from "../decide/score.ts";
import type { Ignored, PossibleFix, SentryIssue } from "../facts.ts";
import type { SentryReader } from "../ports.ts";

/** Most issues that one run judges by an event, two requests each: the most severe first. */
const MOST_LOOKS = 100;

/** What Sentry's lists say of issues. */
export type JudgedWaiting = {
  /** Passed over for another reason than before. */
  readonly ignored: readonly Ignored[];
  /** To be judged by an event. */
  readonly look: readonly number[];
  /** The same, and this run has no room for them. */
  readonly later: readonly number[];
  readonly sights: ReadonlyMap<number, SentrySight>;
  /** Known ones that Sentry did not answer about. */
  readonly noData: ReadonlySet<number>;
  /** What Sentry listed, by id. */
  readonly listed: ReadonlyMap<string, SentryIssue>;
};

/** What else can end a wait. */
type Surroundings = {
  /** Address of the repository. */
  readonly url: string;
  readonly pulls: readonly PossibleFix[];
};

/**
 * Judges issues from Sentry's lists, 100 a request. If Sentry does not answer, nothing changes about what is known, and
 * what is new is looked at all the same: its text may do.
 * @param entries with their number in Sentry
 * @throws HttpFailure for a refused credential.
 */
export async function judgeWaiting(
  entries: readonly AccountEntry[],
  sentry: SentryReader | null,
  around: Surroundings,
  inputs: IntakeInputs,
  warn: (sentence: string) => void,
): Promise<JudgedWaiting> {
  try {
    return await judgeByLists(entries, sentry, around, inputs);
  } catch (error) {
    if (!(error instanceof HttpFailure) || error.kind === "unauthorized") throw error;
    warn(`Sentry did not answer about ${entries.length} issues that wait: ${error.message}`);
    const [fresh, known] = [entries.filter(isFresh), entries.filter((entry) => !isFresh(entry))];
    const noData = new Set(known.map(({ issue }) => issue));
    return {
      ...cutLooks(fresh.map(({ issue }) => issue)),
      ignored: [],
      sights: new Map(),
      noData,
      listed: new Map(),
    };
  }
}

const isFresh = ({ state }: AccountEntry): boolean => state === NEXT_RUN;

async function judgeByLists(
  entries: readonly AccountEntry[],
  sentry: SentryReader | null,
  around: Surroundings,
  inputs: IntakeInputs,
): Promise<JudgedWaiting> {
  const listed = sentry === null ? null : nameIssues(await sentry.listWholeIssues(listIds(entries)));
  const verdicts = entries.map((entry) => {
    const issue = listed?.get(entry.sentryId ?? "");
    const ended = hasEnded(entry, issue, around);
    return { entry, issue, verdict: judgeOne(entry, listed === null ? null : { issue }, ended, inputs) };
  });
  const looks = verdicts.filter(({ verdict }) => verdict.step === "look");
  const elsewhere = await findElsewhere(looks, sentry, inputs.environment);
  const look = looks
    .filter(({ entry }) => !elsewhere.has(entry.issue))
    .toSorted((a, b) => rankSeverity(a.issue) - rankSeverity(b.issue) || a.entry.issue - b.entry.issue)
    .map(({ entry }) => entry.issue);
  return {
    ...cutLooks(look),
    ignored: verdicts.flatMap(({ entry: { issue, state }, verdict }) =>
      verdict.step === "object" && nameState(verdict.reason) !== state ? [{ issue, ...verdict.reason }] : [],
    ),
    sights: new Map(
      verdicts.map(({ entry: { issue: number, sentryId }, issue }) => [
        number,
        { sentryId, seen: listed && digestSight(issue) },
      ]),
    ),
    noData: new Set(),
    listed: listed ?? new Map(),
  };
}

/** @param answer null: there is no Sentry to ask */
function judgeOne(
  entry: AccountEntry,
  answer: { readonly issue: SentryIssue | undefined } | null,
  ended: boolean,
  inputs: IntakeInputs,
): ListVerdict {
  if (answer !== null) return judgeListed(answer.issue, entry, ended, inputs);
  return ended || entry.seen === null ? { step: "look" } : { step: "keep" };
}

const cutLooks = (look: readonly number[]) => ({
  look: look.slice(0, MOST_LOOKS),
  later: look.slice(MOST_LOOKS),
});

const listIds = (entries: readonly AccountEntry[]): string[] =>
  entries.flatMap(({ sentryId }) => sentryId ?? []);
const nameIssues = (issues: readonly SentryIssue[]): ReadonlyMap<string, SentryIssue> =>
  new Map(issues.map((issue) => [issue.id, issue]));

/** The worst first; what Sentry does not list last. */
const rankSeverity = (issue: SentryIssue | undefined): number =>
  issue === undefined ? SEVERITIES.length : SEVERITIES.indexOf(scoreFailure(viewListed(issue)).value);

/** Whether what it waited for is over, whatever Sentry says. */
function hasEnded(
  { issue: number, state }: AccountEntry,
  issue: SentryIssue | undefined,
  { url, pulls }: Surroundings,
): boolean {
  if (state !== nameState({ reason: "fix-in-flight" })) return false;
  return findFix({ number, url: `${url}/issues/${number}` }, issue?.shortId ?? null, pulls) === undefined;
}

/** Of what waits for another environment and was seen again, what was not seen in this one. */
async function findElsewhere(
  looks: readonly { readonly entry: AccountEntry; readonly issue: SentryIssue | undefined }[],
  sentry: SentryReader | null,
  environment: string,
): Promise<ReadonlySet<number>> {
  const waiting = looks.flatMap(({ entry, issue }) =>
    issue !== undefined && entry.state === nameState({ reason: "wrong-environment" }) && entry.seen !== null
      ? [entry]
      : [],
  );
  if (sentry === null || waiting.length === 0) return new Set();
  const here = await listHere(waiting, sentry, environment);
  return new Set(
    waiting.flatMap(({ issue, sentryId }) => (here.get(sentryId ?? "")?.lastSeen == null ? [issue] : [])),
  );
}

/** Sentry refuses to list issues of an environment that it does not know: none was seen there. */
async function listHere(
  entries: readonly AccountEntry[],
  sentry: SentryReader,
  environment: string,
): Promise<ReadonlyMap<string, SentryIssue>> {
  try {
    return nameIssues(await sentry.getIssuesById(listIds(entries), environment));
  } catch (error) {
    if (isNotFound(error)) return new Map();
    throw error;
  }
}
