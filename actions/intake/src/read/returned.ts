import { HttpFailure, inTurn } from "@patchpilot/http";
import type { Incident } from "@patchpilot/incident";
import type { SentryIssue } from "@patchpilot/sentry";
import { recognise } from "../decide/recognise.ts";
import { findSign, mayReturn, returnedAt } from "../decide/returns.ts";
import type { Candidate, SentryView } from "../facts.ts";
import type { SentryReader } from "../ports.ts";
import { confirmEach, orNull } from "./sentry-views.ts";

/**
 * Finds closed incidents that came back: one question for all of them, and one more each for those that Sentry calls
 * unresolved and has seen since the close. When Sentry cannot answer, a warning says so and none has come back.
 */
export async function findReturned(
  incidents: readonly Incident[],
  sentry: SentryReader | null,
  { environment, now }: { readonly environment: string; readonly now: Date },
  warn: (sentence: string) => void,
): Promise<Candidate[]> {
  const closed = new Map(
    incidents
      .filter((incident) => mayReturn(incident, now))
      .map((incident) => [incident.records.incident?.data.sentry?.shortId ?? "", incident]),
  );
  if (sentry === null || closed.size === 0) return [];
  try {
    const listed = await sentry.getIssues([...closed.keys()]);
    const suspected = listed.flatMap((issue) => {
      const incident = closed.get(issue.shortId ?? "");
      return incident !== undefined && isSeenSince(issue, incident.closedAt) ? [{ issue, incident }] : [];
    });
    const views = await confirmEach(
      sentry,
      suspected.map(({ issue }) => issue),
      environment,
    );
    const candidates = await inTurn([...suspected.entries()], ([index, { incident }]) =>
      judgeReturn(sentry, incident, views[index], warn),
    );
    return candidates.filter((candidate) => candidate !== null);
  } catch (error) {
    if (!(error instanceof HttpFailure) || error.kind === "unauthorized" || error.kind === "forbidden")
      throw error;
    warn(`It is not known whether closed incidents came back: ${error.message}`);
    return [];
  }
}

const isSeenSince = (issue: SentryIssue, closedAt: string | null): boolean =>
  issue.status === "unresolved" &&
  closedAt !== null &&
  Date.parse(issue.lastSeen ?? "") > Date.parse(closedAt);

async function judgeReturn(
  sentry: SentryReader,
  incident: Incident,
  view: SentryView | undefined,
  warn: (sentence: string) => void,
): Promise<Candidate | null> {
  if (view?.state === "failed")
    warn(`It is not known whether #${incident.number} came back: ${view.message}`);
  if (view?.state !== "read") return null;
  const version = findSign(incident, view.issue)?.release ?? null;
  const release = version === null ? null : await orNull(() => sentry.getRelease(version));
  const dates = new Map(release === null ? [] : [[release.version, release.dateCreated] as const]);
  if (returnedAt(incident, view.issue, dates) === null) return null;
  return { occasion: "returned", incident, recognised: recognise(incident.body), vouched: false, view };
}
