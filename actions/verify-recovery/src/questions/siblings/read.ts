import { addSightings } from "@patchpilot/incident";
import { WEEK } from "@patchpilot/time";
import type { ErrorQuestion } from "../../ports.ts";
import type { SentryError } from "../case.ts";
import { chooseSummary } from "../counted.ts";
import { seenInList } from "../errors/seen.ts";
import { addFacts, askProvider, askSentry, type Dossier, findAnchor, type RunReading } from "../reading.ts";
import type { ErrorHistory, ErrorIdentity, Neighbourhood } from "../sources.ts";
import { judgeSiblings, mayHaveRisen, staysOver } from "./decide.ts";
import type { SiblingFact } from "./facts.ts";
import { findNeighbours, type Neighbour } from "./neighbours.ts";

/** Errors that are counted beside the incidents of one run, the most frequent first; four share a request. */
const MOST_COUNTED = 12;

/** What may have taken the place of one incident. */
type Suspicion = { readonly dossier: Dossier; readonly neighbours: readonly Neighbour[] };

/** Did another error take the place of one that is about to be closed? Asked for all of them together. */
export async function readSiblings(dossiers: Dossier[], reading: RunReading): Promise<void> {
  const { ports, troubles, now } = reading;
  const errors = dossiers.flatMap(({ case: { error } }) => error ?? []);
  const span = { from: Math.min(...dossiers.map(findAnchor)), until: now };
  const reply = await askProvider(troubles, () => ports.readNeighbours(errors, span));
  if (!reply.answered) {
    addFacts(dossiers, () => ({ sibling: unknown(reply.why) }));
    return;
  }
  const suspicions = await screen(
    dossiers.map((dossier) => suspect(dossier, reply.value)),
    reading,
  );
  const histories = await readHistories(suspicions, reading);
  for (const suspicion of suspicions) {
    const sibling = judge(suspicion, reply.value, histories, reading);
    addFacts([suspicion.dossier], () => ({ sibling }));
    noteSeen(suspicion.dossier, reply.value, now);
  }
}

/** What Sentry says of the error itself counts all of its life, and its users. */
function noteSeen(dossier: Dossier, { own }: Neighbourhood, now: number): void {
  const identity = own.get(readShortId(dossier));
  if (identity === undefined) return;
  dossier.seen = addSightings(dossier.seen, seenInList(identity, now));
}

/** Neighbours that are frequent enough to matter, even if all of them were this error. */
function suspect(dossier: Dossier, { own, others }: Neighbourhood): Suspicion {
  const identity = own.get(readShortId(dossier));
  if (identity === undefined) return { dossier, neighbours: [] };
  const rarestFirst = findNeighbours(identity, others).toSorted((a, b) => readCount(a) - readCount(b));
  let sum = 0;
  const neighbours = rarestFirst.filter((neighbour) => {
    sum += readCount(neighbour);
    return !canIgnore(dossier, sum);
  });
  return { dossier, neighbours };
}

/** Whether it would be over even if so many errors more were its own. */
const canIgnore = ({ facts }: Dossier, more: number): boolean =>
  facts.errors?.state === "counted" && staysOver(chooseSummary(facts, facts.errors.summary), more);

const readShortId = ({ case: { error } }: Dossier): string => error?.shortId ?? "";

/** Of how often it happened nothing may be known: then it may matter. */
const readCount = ({ error }: Neighbour): number => error.count ?? Number.POSITIVE_INFINITY;

/** Where there are more than are counted one by one, those are left out that are as frequent as before. */
async function screen(
  suspicions: readonly Suspicion[],
  { ports: { countErrors }, troubles }: RunReading,
): Promise<readonly Suspicion[]> {
  const errors = [...new Set(suspicions.flatMap(({ neighbours }) => neighbours.map(({ error }) => error)))];
  if (errors.length <= MOST_COUNTED || countErrors === undefined) return suspicions;
  const until = Math.min(...suspicions.map(({ dossier }) => findAnchor(dossier)));
  const named = errors.map((error) => nameError(error, suspicions));
  const reply = await askProvider(troubles, () => countErrors(named, { from: until - WEEK, until }));
  if (!reply.answered) return suspicions;
  return suspicions.map(({ dossier, neighbours }) => {
    const { counting } = dossier;
    const left = neighbours.filter(
      (neighbour) =>
        counting === undefined ||
        mayHaveRisen(counting, reply.value.get(neighbour.error.id) ?? 0, readCount(neighbour)),
    );
    return { dossier, neighbours: left };
  });
}

function nameError(
  { id, shortId, projectId }: ErrorIdentity,
  [suspicion]: readonly Suspicion[],
): SentryError {
  const organization = suspicion?.dossier.case.error?.organization ?? "";
  return { organization, id, shortId, projectId };
}

type Histories = ReadonlyMap<string, ErrorHistory>;

/** By short id. What is not read is missing; where nothing is, why. */
async function readHistories(
  suspicions: readonly Suspicion[],
  { ports, troubles, now }: RunReading,
): Promise<Histories> {
  const anchors = new Map<ErrorIdentity, number>();
  for (const { dossier, neighbours } of suspicions)
    for (const { error } of neighbours)
      anchors.set(error, Math.min(findAnchor(dossier), anchors.get(error) ?? Number.POSITIVE_INFINITY));
  const loudest = [...anchors].toSorted(([a], [b]) => (b.count ?? 0) - (a.count ?? 0)).slice(0, MOST_COUNTED);
  const questions = loudest.map(([error, anchor], issue): ErrorQuestion => {
    const window = { from: anchor - WEEK, until: now };
    return { issue, error: nameError(error, suspicions), anchor, window };
  });
  const reply = await askSentry(troubles, questions, ports.readErrors);
  if (!reply.answered) return new Map();
  return new Map(
    questions.flatMap(({ issue, error }) => {
      const history = reply.value.get(issue);
      return history === undefined || history.untold !== undefined ? [] : [[error.shortId, history]];
    }),
  );
}

function judge(
  { dossier, neighbours }: Suspicion,
  { own, crowded }: Neighbourhood,
  histories: Histories,
  { incidents }: RunReading,
): SiblingFact {
  const shortId = readShortId(dossier);
  if (!own.has(shortId)) return unknown(`Sentry did not tell about ${shortId}.`);
  const counted = neighbours.flatMap((neighbour) => {
    const history = histories.get(neighbour.error.shortId);
    return history === undefined ? [] : [{ ...neighbour, history }];
  });
  if (dossier.counting !== undefined) {
    const fact = judgeSiblings(dossier.counting, counted, incidents);
    if (fact.state === "found") return fact;
  }
  const unread = crowded.get(shortId) ?? 0;
  if (!canIgnore(dossier, unread)) return unknown(CROWDED);
  const missing = neighbours.length - counted.length;
  return missing === 0 ? { state: "none" } : unknown(`${missing} errors like it could not be counted.`);
}

const CROWDED = "More errors like it happened since the deploy than one run can read.";

const unknown = (detail: string): SiblingFact => ({ state: "unknown", detail });
