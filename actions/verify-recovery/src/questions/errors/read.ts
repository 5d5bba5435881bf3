import { WEEK } from "@patchpilot/time";
import type { ErrorsFact } from "../../facts.ts";
import type { ErrorQuestion } from "../../ports.ts";
import {
  addFacts,
  askSentry,
  containsFor,
  type Dossier,
  findAnchor,
  type ProviderReply,
  type RunReading,
} from "../reading.ts";
import type { ErrorHistory } from "../sources.ts";
import { summariseErrors } from "./count.ts";
import { describeOtherPlaces } from "./words.ts";

/** Did the errors stop? One read for all incidents. */
export async function readErrors(dossiers: Dossier[], reading: RunReading): Promise<void> {
  const questions = dossiers.flatMap((dossier) => makeQuestion(dossier, reading.now));
  const reply = await askSentry(reading.troubles, questions, reading.ports.readErrors);
  addFacts(dossiers, (dossier) => ({ errors: makeFact(dossier, reply, reading) }));
}

function makeQuestion(dossier: Dossier, now: number): ErrorQuestion[] {
  const { issue, error, onset } = dossier.case;
  if (error === null) return [];
  const anchor = findAnchor(dossier);
  return [{ issue, error, anchor, window: { from: Math.max(onset, anchor - WEEK), until: now } }];
}

type Reply = ProviderReply<ReadonlyMap<number, ErrorHistory>>;

function makeFact(dossier: Dossier, reply: Reply, reading: RunReading): ErrorsFact {
  const { case: subject, facts, traffic } = dossier;
  if (subject.error === null) return unknown("The incident names no error in Sentry.");
  if (!reply.answered) return unknown(reply.why);
  const history = reply.value.get(subject.issue);
  if (history === undefined) return unknown(`Sentry did not tell about ${subject.error.shortId}.`);
  if (history.elsewhere !== undefined)
    return unknown(describeOtherPlaces(subject.error.shortId, history.elsewhere));
  if (traffic === undefined) {
    return unknown(facts.traffic?.state === "unknown" ? facts.traffic.detail : "Traffic could not be read.");
  }
  const anchor = findAnchor(dossier);
  const counting = {
    anchor,
    onset: subject.onset,
    history,
    traffic,
    starts: dossier.starts ?? [],
    contains: containsFor(dossier, reading),
    now: reading.now,
    settings: reading.settings,
  };
  dossier.counting = counting;
  try {
    return summariseErrors(counting);
  } catch (error) {
    if (error instanceof RangeError) return unknown(error.message);
    throw error;
  }
}

const unknown = (detail: string): ErrorsFact => ({ state: "unknown", detail });
