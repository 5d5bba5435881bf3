import { hashBody } from "@patchpilot/acceptance";
import type { AccountEntry, SentrySight } from "@patchpilot/ledger";
import type { IntakeInputs } from "../contract.ts";
import { endsOnGitHub, NEXT_RUN, nameState } from "../decide/account.ts";
import { judgeLink } from "../decide/judge.ts";
import { planReading } from "../decide/plan-reading.ts";
import { isSentryAuthor } from "../decide/recognise.ts";
import type { Candidate, IntakeFacts } from "../facts.ts";
import type { IntakePorts } from "../ports.ts";
import { findReturned } from "./returned.ts";
import { type Entry, listLooked, screenAll, takeIn } from "./take-in.ts";
import { judgeWaiting } from "./waiting.ts";

/**
 * Reads what changed on GitHub since the last run, judges all that waits by Sentry's lists, and looks for closed incidents
 * that came back. Only what can be known in no other way is read whole, or asked for by an event.
 */
export async function readSweep(
  inputs: IntakeInputs,
  ports: IntakePorts,
  warn: (sentence: string) => void,
): Promise<IntakeFacts> {
  const { incidents, sentry } = ports;
  const { environment, "sentry-authors": authors } = inputs;
  const listing = await incidents.readListing(digestSettings(inputs));
  const { entries, numbers } = planReading(listing, authors);
  const { swept, closed } = await incidents.readSweep(numbers);
  const now = await incidents.now();
  const screened = await screenAll(swept, inputs, ports, now);
  forgetMissing(entries, numbers, screened);
  const passedOver = new Set(entries.keys());
  const looked = chooseLooked(entries, screened, inputs);
  for (const entry of looked) entries.set(entry.issue, entry);
  const waiting = [...chooseKnown(entries, screened), ...looked];
  const pulls = await readPulls(waiting, ports);
  const judged = await judgeWaiting(waiting, sentry, { url: listing.url, pulls }, inputs, warn);
  const heard = await hearAll(screened, waiting, judged.look, async (more) =>
    screenAll(await incidents.readNumbers(more), inputs, ports, now),
  );
  const returned = await findReturned(closed, sentry, { environment, now }, warn);
  // Most runs find nothing: every open incident is read only if something may repeat one.
  const looks = listLooked(heard).map(({ number }) => number);
  const known = returned.length > 0 || looks.length > 0 ? await incidents.readKnown() : [];
  const found = { screened: heard, returned, fresh: [], isSweep: true, passedOver, listed: judged.listed };
  const taken = await takeIn(found, inputs, ports, warn);
  const noData = new Set([...judged.noData, ...taken.unanswered]);
  return {
    ...taken,
    ignored: [...taken.ignored, ...judged.ignored],
    known,
    unopened: [],
    account: {
      listing,
      entries,
      read: [...new Set([...screened, ...heard].map(({ incident }) => incident))],
      looked: new Set([...looks, ...judged.later].filter((number) => !noData.has(number))),
      sights: new Map([...judged.sights, ...findSights(taken.candidates, judged.sights)]),
      noData,
      belongs: ({ author }) => isSentryAuthor(author, authors),
    },
  };
}

/** What Sentry calls issues whose link does not hold their number. */
const findSights = (candidates: readonly Candidate[], known: ReadonlyMap<number, SentrySight>) =>
  candidates.flatMap(({ incident: { number }, view }) =>
    known.has(number) || view.state !== "read"
      ? []
      : [[number, { sentryId: view.issue.id, seen: null }] as const],
  );

/** The open pull requests, if something waits for one to end. */
const readPulls = async (waiting: readonly AccountEntry[], { code }: IntakePorts) =>
  waiting.some(({ state }) => state === nameState({ reason: "fix-in-flight" }))
    ? code.listOpenPullRequests()
    : [];

/** A digest of all inputs that the states hang on: under other ones, every issue is judged anew. */
function digestSettings(inputs: IntakeInputs): string {
  const { environment, "min-events": events, "min-severity": severity } = inputs;
  const sentry = [
    inputs["sentry-org"],
    inputs["sentry-url"],
    inputs["sentry-projects"],
    inputs["sentry-authors"],
    Boolean(inputs["sentry-token"]),
  ];
  return hashBody(JSON.stringify([environment, events, severity, sentry])).slice(0, 16);
}

/** What was asked for and is not there was deleted, or moved to another repository. */
function forgetMissing(
  entries: Map<number, AccountEntry>,
  numbers: readonly number[],
  screened: readonly Entry[],
): void {
  const found = new Set(screened.map(({ incident }) => incident.number));
  for (const number of numbers) if (!found.has(number)) entries.delete(number);
}

/** What was passed over before and did not change on GitHub; `held` ends with a change there. */
function chooseKnown(entries: ReadonlyMap<number, AccountEntry>, screened: readonly Entry[]): AccountEntry[] {
  const read = new Set(screened.map(({ incident }) => incident.number));
  return [...entries.values()].filter(
    ({ issue, state, sentryId }) =>
      !read.has(issue) && sentryId !== null && !state.startsWith("accepted/") && !endsOnGitHub(state),
  );
}

/** Issues that were read, and that Sentry's list may judge. */
function chooseLooked(
  entries: ReadonlyMap<number, AccountEntry>,
  screened: readonly Entry[],
  inputs: IntakeInputs,
): AccountEntry[] {
  return screened.flatMap(({ incident: { number: issue }, screened: one }) => {
    if (one.step !== "look" || one.occasion !== "new") return [];
    const { link } = one.recognised;
    const sentryId = link?.issueId ?? null;
    if (sentryId === null || judgeLink(link, inputs) !== null) return [];
    const known = entries.get(issue);
    return [
      known?.sentryId === sentryId && !endsOnGitHub(known.state)
        ? known
        : { issue, state: NEXT_RUN, sentryId, seen: null },
    ];
  });
}

/** What was read and Sentry's list does not judge, and what has to be looked at by an event. */
async function hearAll(
  screened: readonly Entry[],
  waiting: readonly AccountEntry[],
  look: readonly number[],
  readMore: (numbers: readonly number[]) => Promise<readonly Entry[]>,
): Promise<Entry[]> {
  const looked = new Set(look);
  const listed = new Set(waiting.map(({ issue }) => issue));
  const read = new Set(screened.map(({ incident }) => incident.number));
  const more = look.filter((number) => !read.has(number));
  const heard = screened.filter(({ incident: { number } }) => looked.has(number) || !listed.has(number));
  return more.length === 0 ? heard : [...heard, ...(await readMore(more))];
}
