import { WEEK } from "@patchpilot/time";
import type { VerifyFacts } from "../../facts.ts";
import type { ErrorQuestion } from "../../ports.ts";
import { addFacts, askSentry, type Dossier, findAnchor, type RunReading } from "../reading.ts";
import { keepLedger } from "../releases/ledger.ts";
import { learnRaised, listRaised, placeSeen } from "../releases/read.ts";
import { nameApps, narrowToFailing } from "../releases/traffic.ts";
import type { ErrorHistory } from "../sources.ts";
import { type CountedTraffic, INGESTION_MS } from "../traffic/count.ts";
import { summariseErrors } from "./count.ts";
import { countSeen } from "./seen.ts";
import { describeOtherPlaces } from "./words.ts";

/** Apps that a record names; their names are anybody's text. */
const MOST_APPS = 5;

/** Did the errors stop? One read for all incidents. */
export async function readErrors(dossiers: Dossier[], reading: RunReading): Promise<void> {
  const questions = dossiers.flatMap((dossier) => makeQuestion(dossier, reading.now));
  const reply = await askSentry(reading.troubles, questions, reading.ports.readErrors);
  const histories: ReadonlyMap<number, ErrorHistory> = reply.answered ? reply.value : new Map();
  // Without an answer these releases are placed by their dates alone, and what is not known holds nothing.
  await learnRaised(dossiers, histories, reading);
  addFacts(dossiers, (dossier) => makeFacts(dossier, reply, reading));
  for (const dossier of dossiers) {
    const history = histories.get(dossier.case.issue);
    const seen = history && countSeen(dossier.case, history, reading.now);
    if (seen !== undefined) dossier.seen = seen;
  }
}

function makeQuestion(dossier: Dossier, now: number): ErrorQuestion[] {
  const { issue, error, onset } = dossier.case;
  if (error === null) return [];
  const anchor = findAnchor(dossier);
  return [{ issue, error, anchor, window: { from: Math.max(onset, anchor - WEEK), until: now } }];
}

type Reply = Awaited<ReturnType<typeof askSentry<ErrorQuestion, ErrorHistory>>>;

function makeFacts(dossier: Dossier, reply: Reply, reading: RunReading): Partial<VerifyFacts> {
  const { case: subject, facts, traffic } = dossier;
  if (subject.error === null) return unknown("The incident names no error in Sentry.");
  if (!reply.answered) return unknown(reply.why);
  const history = reply.value.get(subject.issue);
  if (history === undefined) return unknown(`Sentry did not tell about ${subject.error.shortId}.`);
  if (history.elsewhere !== undefined)
    return unknown(describeOtherPlaces(subject.error.shortId, history.elsewhere));
  if (history.untold !== undefined) return unknown(history.untold);
  if (traffic === undefined) {
    return unknown(facts.traffic?.state === "unknown" ? facts.traffic.detail : "Traffic could not be read.");
  }
  try {
    return countFacts({ dossier, history, counted: traffic, reading });
  } catch (error) {
    if (error instanceof RangeError) return unknown(error.message);
    throw error;
  }
}

function countFacts({
  dossier,
  history,
  counted,
  reading,
}: {
  readonly dossier: Dossier;
  readonly history: ErrorHistory;
  readonly counted: CountedTraffic;
  readonly reading: RunReading;
}): Partial<VerifyFacts> {
  const { case: subject } = dossier;
  const { now, settings } = reading;
  const anchor = findAnchor(dossier);
  const raised = listRaised(history);
  const traffic = narrowToFailing(counted, raised);
  const placements = placeSeen(dossier, history, traffic, reading);
  const { onset } = subject;
  const starts = dossier.starts ?? [];
  const counting = { anchor, onset, history, traffic, starts, placements, now, settings };
  dossier.counting = counting;
  const errors = summariseErrors(counting);
  if (errors.state !== "counted") return { errors };
  const isNarrowed = traffic !== counted && traffic.source !== "clock" && traffic.exposure.byRelease;
  const named = isNarrowed ? { ...errors, apps: nameApps(raised).slice(0, MOST_APPS) } : errors;
  const until = Math.min(now - INGESTION_MS, history.knownUntil ?? now);
  const dispersion = Math.max(1, errors.summary.phi);
  const releases = keepLedger({ anchor, onset, history, traffic, placements, until, dispersion });
  if (releases === undefined) return { errors: named };
  return {
    errors: named,
    releases: reading.oldClients === "close" ? { ...releases, mayStay: true } : releases,
  };
}

const unknown = (detail: string): Partial<VerifyFacts> => ({ errors: { state: "unknown", detail } });
