import type { Incident } from "@patchpilot/incident";
import type { SentryIssue } from "@patchpilot/sentry";
import type { IntakeInputs } from "../contract.ts";
import { draftAccount } from "../decide/account.ts";
import { incidentKeys } from "../decide/dedupe.ts";
import { findFix } from "../decide/find-fix.ts";
import { sentryKey } from "../decide/identify.ts";
import { judgeIssue } from "../decide/judge.ts";
import { NOTHING_RECOGNISED } from "../decide/recognise.ts";
import type { IntakeFacts, IntakeSubject } from "../facts.ts";
import type { IntakePorts, SentryReader } from "../ports.ts";
import { listUnresolved } from "./environments.ts";
import { findReturned } from "./returned.ts";
import { confirmListed } from "./sentry-views.ts";
import { screenAll, takeIn } from "./take-in.ts";

type Warn = (sentence: string) => void;

/**
 * Reads Sentry's own list of unresolved issues, all pages of it, and finds which of them GitHub has no issue for, and
 * which closed incidents came back. What was accepted before is looked at as a sweep would.
 */
export async function readFromSentry(
  inputs: IntakeInputs,
  ports: IntakePorts,
  warn: Warn,
): Promise<IntakeFacts> {
  const { sentry } = ports;
  if (sentry === null)
    throw new Error(
      "`source: sentry` needs `sentry-token` and `sentry-org`: pass both, or use `source: github`.",
    );
  const known = await ports.incidents.readKnown();
  const fresh = await listFresh(known, sentry, inputs, ports, warn);
  const { environment } = inputs;
  const now = await ports.incidents.now();
  const returned = await findReturned(known, sentry, { environment, now }, warn);
  const open = known.filter((incident) => incident.open);
  const screened = await screenAll(open, inputs, ports, now);
  const found = { screened, returned, fresh, isSweep: true, passedOver: new Set<number>() };
  const taken = await takeIn(found, inputs, ports, warn);
  const unfixed = fresh.filter((issue) => findFix(null, issue.shortId, taken.pulls) === undefined);
  const account = draftAccount(open, [], ({ records }) => records.incident?.data.sentry !== undefined);
  return { ...taken, known, unopened: await readUnopened(unfixed, sentry, inputs, warn), account };
}

/**
 * Sentry's unresolved issues that GitHub has no issue for, by Sentry's list. It goes on listing what was closed long
 * ago: that is in the index alone, so the index is read before Sentry is asked about any one of them.
 */
async function listFresh(
  known: readonly Incident[],
  sentry: SentryReader,
  inputs: IntakeInputs,
  ports: IntakePorts,
  warn: Warn,
): Promise<SentryIssue[]> {
  const { "sentry-org": organization = "" } = inputs;
  const { rows, truncated } = await listUnresolved(sentry, inputs, warn);
  if (truncated)
    warn(
      `Sentry lists more unresolved issues than were read (${rows.length}); the rest waits for the next run.`,
    );
  const records = known.flatMap(({ records: { incident } }) => incident?.data ?? []);
  const keys = new Set([...records.flatMap(incidentKeys), ...known.flatMap(togetherKeys)]);
  const slow = new Set(records.flatMap(({ performance }) => performance?.sentryIssue ?? []));
  const nameIssue = ({ id }: SentryIssue): string => sentryKey(organization, id);
  const unknown = rows.filter(
    (issue) =>
      !slow.has(issue.shortId ?? "") && !keys.has(nameIssue(issue)) && judgeIssue(issue, inputs) === null,
  );
  const indexed = await ports.incidents.readIndexed(unknown.map(nameIssue));
  return unknown.filter((issue) => !indexed.has(nameIssue(issue)));
}

/** What an incident holds beside its own issue of Sentry's, as long as it is open: after that it is an error anew. */
function togetherKeys({ open, records }: Incident): string[] {
  const { together = [], sentry } = records.incident?.data ?? {};
  return open ? together.map(({ issueId }) => sentryKey(sentry?.organization ?? "", issueId)) : [];
}

/** What Sentry says of issues that its list named and GitHub does not know. */
async function readUnopened(
  listed: readonly SentryIssue[],
  sentry: SentryReader,
  inputs: IntakeInputs,
  warn: Warn,
): Promise<IntakeSubject[]> {
  const { "sentry-org": organization = "", "sentry-url": address } = inputs;
  const views = await confirmListed(sentry, listed, inputs.environment);
  return views.flatMap((view, index): IntakeSubject[] => {
    const issue = listed[index];
    if (issue === undefined) return [];
    if (view.state === "failed") warn(`${issue.shortId ?? issue.id}: ${view.message}`);
    if (view.state !== "read") return [];
    const link = {
      kind: "issue" as const,
      shortId: issue.shortId ?? issue.id,
      issueId: issue.id,
      organization,
      host: new URL(address).host,
      url: issue.permalink ?? `${address}/organizations/${organization}/issues/${issue.id}/`,
    };
    return [{ occasion: "new", recognised: { ...NOTHING_RECOGNISED, link }, vouched: false, view }];
  });
}
