import type { Incident } from "@patchpilot/incident";
import type { SentryIssue } from "@patchpilot/sentry";
import { confirmAll, confirmListed } from "./confirm.ts";
import { keysOf } from "./dedupe.ts";
import type { Candidate, Ignored, OpenPullRequest, Settings, Subject } from "./facts.ts";
import { sentryKey } from "./identify.ts";
import { findFix, judgeIssue, judgeLink } from "./judge.ts";
import type { Ports, SentryReader } from "./ports.ts";
import { findReturned } from "./returned.ts";
import { type Screened, screen, voucherOf } from "./screen.ts";

/** Everything that one run read, before anything is decided. */
export type Gathered = {
  readonly candidates: readonly Candidate[];
  /** What Sentry lists and GitHub has no issue for. */
  readonly unopened: readonly Subject[];
  readonly ignored: readonly Ignored[];
  /** Accepted before and still waiting for a repair. */
  readonly waiting: readonly Incident[];
  /** Known incidents, open and closed. */
  readonly known: readonly Incident[];
  readonly pulls: readonly OpenPullRequest[];
};

type Warn = (sentence: string) => void;

/**
 * Reads the issues that GitHub has: the named ones, or a sweep of what changed, which also looks for closed incidents
 * that came back. Nobody is asked about an issue that GitHub alone rules out.
 */
export async function gatherIssues(
  selection: readonly number[] | "sweep",
  settings: Settings,
  ports: Ports,
  warn: Warn,
): Promise<Gathered> {
  const isSweep = selection === "sweep";
  const incidents = isSweep
    ? await ports.incidents.readSweep()
    : await ports.incidents.readNumbers(selection);
  const screened = await screenAll(incidents, settings, ports);
  const waiting = waitingOf(screened);
  const looked = lookedOf(screened);
  const past = isSweep && ports.sentry !== null ? await ports.incidents.readClosed() : incidents;
  const returned = await findReturned(past, ports.sentry, settings.environment, warn);
  // Most runs find nothing: every open incident is read only where something may repeat one.
  const known = looked.length + returned.length > 0 ? await ports.incidents.readKnown() : [];
  const pulls =
    looked.length + waiting.length + returned.length > 0 ? await ports.code.listOpenPullRequests() : [];
  const taken = await takeIn(looked, pulls, settings, ports, warn);
  const own = new Set(taken.candidates.map(({ incident }) => incident.number));
  const back = ruleOut(
    returned.filter(({ incident }) => !own.has(incident.number)),
    settings,
    pulls,
  );
  return {
    candidates: [...taken.candidates, ...back.kept],
    unopened: [],
    ignored: [...ignoredOf(screened, isSweep), ...taken.ruledOut, ...back.ruledOut],
    waiting: [...waiting, ...taken.unanswered],
    known,
    pulls,
  };
}

type Entry = { readonly incident: Incident; readonly vouched: boolean; readonly screened: Screened };
type Looked = Entry & Extract<Screened, { step: "look" }>;

async function screenAll(incidents: readonly Incident[], settings: Settings, ports: Ports): Promise<Entry[]> {
  const entries: Entry[] = [];
  for (const incident of incidents) {
    const voucher = incident.phase === undefined && incident.open ? voucherOf(incident) : undefined;
    const vouched = voucher !== undefined && (await ports.mayWrite(voucher));
    entries.push({ incident, vouched, screened: screen(incident, vouched, settings) });
  }
  return entries;
}

const waitingOf = (screened: readonly Entry[]): Incident[] =>
  screened.flatMap(({ screened: { step }, incident }) => (step === "waiting" ? [incident] : []));

const lookedOf = (screened: readonly Entry[]): Looked[] =>
  screened.flatMap((entry) => (entry.screened.step === "look" ? [{ ...entry, ...entry.screened }] : []));

type TakenIn = {
  readonly candidates: readonly Candidate[];
  readonly ruledOut: readonly Ignored[];
  /** Accepted by their text, and Sentry could not answer this time either: they go on waiting as they are. */
  readonly unanswered: readonly Incident[];
};

/** Rules out what GitHub alone rules out, and asks Sentry about the rest. */
async function takeIn(
  looked: readonly Looked[],
  pulls: readonly OpenPullRequest[],
  settings: Settings,
  { sentry }: Ports,
  warn: Warn,
): Promise<TakenIn> {
  const { ruledOut, kept } = ruleOut(looked, settings, pulls);
  const links = kept.map((entry) => entry.recognised.link);
  const views = await confirmAll(sentry, links, settings.environment);
  const candidates: Candidate[] = [];
  const unanswered: Incident[] = [];
  for (const [index, { occasion, incident, recognised, vouched, request }] of kept.entries()) {
    const view = views[index];
    if (view === undefined) continue;
    if (occasion === "upgrade" && view.state === "failed" && !view.known) {
      warn(`Issue ${incident.number} still waits for Sentry to confirm it: ${view.message}`);
      if (incident.phase === "accepted") unanswered.push(incident);
      continue;
    }
    if (view.state === "failed" && view.known) warn(`Issue ${incident.number} is left out: ${view.message}`);
    candidates.push({ occasion, incident, recognised, vouched, view, ...(request ? { request } : {}) });
  }
  return { candidates, ruledOut, unanswered };
}

/** A sweep meets every issue of the repository; only what could have been an incident is worth a word. */
function ignoredOf(screened: readonly Entry[], isSweep: boolean): Ignored[] {
  return screened.flatMap(({ screened: one, incident }) => {
    if (one.step !== "ignore") return [];
    const isUnrelated =
      one.ignored.reason === "not-sentry" || (!incident.open && incident.phase === undefined);
    return isSweep && isUnrelated ? [] : [one.ignored];
  });
}

/** Rules out, before Sentry is asked, what belongs to another Sentry and what a person is fixing. */
function ruleOut<T extends Pick<Candidate, "incident" | "recognised">>(
  looked: readonly T[],
  settings: Settings,
  pulls: readonly OpenPullRequest[],
): { readonly ruledOut: readonly Ignored[]; readonly kept: readonly T[] } {
  const ruledOut: Ignored[] = [];
  const kept = looked.filter(({ incident, recognised }) => {
    const issue = incident.number;
    const fix = findFix(incident, recognised.link?.shortId ?? null, pulls);
    const objection =
      judgeLink(recognised.link, settings) ??
      (fix === undefined
        ? null
        : ({ reason: "fix-in-flight", detail: `pull request ${fix.number} is open` } as const));
    if (objection !== null) ruledOut.push({ issue, ...objection });
    return objection === null;
  });
  return { ruledOut, kept };
}

/**
 * Reads Sentry's own list of unresolved issues, all pages of it, and finds which of them GitHub has no issue for, and
 * which closed incidents came back. What was accepted before is looked at as a sweep would.
 */
export async function gatherFromSentry(settings: Settings, ports: Ports, warn: Warn): Promise<Gathered> {
  const { sentry } = ports;
  if (sentry === null)
    throw new Error(
      "`source: sentry` needs `sentry-token` and `sentry-org`: pass both, or use `source: github`.",
    );
  const known = await ports.incidents.readKnown();
  const fresh = await listFresh(known, sentry, settings, ports, warn);
  const returned = await findReturned(known, sentry, settings.environment, warn);
  const screened = await screenAll(
    known.filter(({ open }) => open),
    settings,
    ports,
  );
  const waiting = waitingOf(screened);
  const looked = lookedOf(screened);
  const pulls =
    fresh.length + returned.length + waiting.length + looked.length > 0
      ? await ports.code.listOpenPullRequests()
      : [];
  const taken = await takeIn(looked, pulls, settings, ports, warn);
  const back = ruleOut(returned, settings, pulls);
  const unfixed = fresh.filter((issue) => findFix(null, issue.shortId, pulls) === undefined);
  return {
    candidates: [...taken.candidates, ...back.kept],
    unopened: await readUnopened(unfixed, sentry, settings, warn),
    ignored: [...ignoredOf(screened, true), ...taken.ruledOut, ...back.ruledOut],
    waiting: [...waiting, ...taken.unanswered],
    known,
    pulls,
  };
}

/**
 * Sentry's unresolved issues that GitHub has no issue for, by Sentry's list. It goes on listing what was closed long
 * ago: that is in the index alone, so the index is read before Sentry is asked about any one of them.
 */
async function listFresh(
  known: readonly Incident[],
  sentry: SentryReader,
  settings: Settings,
  ports: Ports,
  warn: Warn,
): Promise<SentryIssue[]> {
  const { environment, organization = "" } = settings;
  const { rows, truncated } = await sentry.listIssues({ query: "is:unresolved", environment, sort: "date" });
  if (truncated)
    warn(
      `Sentry lists more unresolved issues than were read (${rows.length}); the rest waits for the next run.`,
    );
  const records = known.flatMap(({ records: { incident } }) => incident?.data ?? []);
  const keys = new Set(records.flatMap(keysOf));
  const slow = new Set(records.flatMap(({ performance }) => performance?.sentryIssue ?? []));
  const keyOf = ({ id }: SentryIssue): string => sentryKey(organization, id);
  const unknown = rows.filter(
    (issue) =>
      !slow.has(issue.shortId ?? "") && !keys.has(keyOf(issue)) && judgeIssue(issue, settings) === null,
  );
  const indexed = await ports.incidents.readIndexed(unknown.map(keyOf));
  return unknown.filter((issue) => !indexed.has(keyOf(issue)));
}

/** What Sentry says of issues that its list named and GitHub does not know. */
async function readUnopened(
  listed: readonly SentryIssue[],
  sentry: SentryReader,
  settings: Settings,
  warn: Warn,
): Promise<Subject[]> {
  const organization = settings.organization ?? "";
  const views = await confirmListed(sentry, listed, settings.environment);
  return views.flatMap((view, index): Subject[] => {
    const issue = listed[index];
    if (issue === undefined) return [];
    if (view.state === "failed") warn(`${issue.shortId ?? issue.id}: ${view.message}`);
    if (view.state !== "read") return [];
    const link = {
      kind: "issue" as const,
      shortId: issue.shortId ?? issue.id,
      issueId: issue.id,
      organization,
      host: new URL(settings.sentryUrl).host,
      url: issue.permalink ?? `${settings.sentryUrl}/organizations/${organization}/issues/${issue.id}/`,
    };
    return [
      {
        occasion: "new",
        recognised: { link, byAlert: false, chain: [], statements: [] },
        vouched: false,
        view,
      },
    ];
  });
}
