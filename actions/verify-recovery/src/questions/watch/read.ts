import type { ExposureSource } from "../../facts.ts";
import type { ErrorQuestion } from "../../ports.ts";
import {
  addFacts,
  askSentry,
  type Dossier,
  findAnchor,
  type ProviderReply,
  type RunReading,
} from "../reading.ts";
import { learnRaised, placeSeen } from "../releases/read.ts";
import type { ErrorHistory } from "../sources.ts";
import { readExposure } from "../traffic/read.ts";
import { countedFrom, countSince } from "./count.ts";
import { NO_RATE } from "./decide.ts";
import type { SignFact, WatchFact } from "./facts.ts";

/** Was a closed error seen again? One list for a hundred of them. */
export async function readSigns(dossiers: Dossier[], { ports, troubles }: RunReading): Promise<void> {
  const questions = dossiers.flatMap(({ case: { issue, error } }) => (error ? [{ issue, error }] : []));
  const reply = await askSentry(troubles, questions, ports.readLastSeen);
  addFacts(dossiers, (dossier) => ({ sign: makeSign(dossier, reply) }));
}

function makeSign(
  { case: { issue, error } }: Dossier,
  reply: ProviderReply<ReadonlyMap<number, number | null>>,
) {
  if (!reply.answered) return { state: "unknown", detail: reply.why } satisfies SignFact;
  const at = reply.value.get(issue);
  const sign: SignFact = error === null || at === undefined ? { state: "gone" } : { state: "seen", at };
  return sign;
}

/** What came after the close? One read for all that may be back, or at which a look is due. */
export async function readWatch(dossiers: Dossier[], reading: RunReading): Promise<void> {
  const countable = dossiers.filter(isCountable);
  await readTrafficAsBefore(countable, reading);
  const questions = countable.flatMap((dossier) => makeQuestion(dossier, reading.now));
  const reply = await askSentry(reading.troubles, questions, reading.ports.readErrors);
  const histories: ReadonlyMap<number, ErrorHistory> = reply.answered ? reply.value : new Map();
  await learnRaised(countable, histories, reading);
  addFacts(dossiers, (dossier) => ({ watch: makeFact(dossier, reply, reading) }));
}

const isCountable = ({ facts: { sign, close } }: Dossier): boolean =>
  sign?.state !== "gone" && close?.old !== undefined;

/** Traffic has to be counted in what it was counted in before the deploy, else the rates cannot be compared. */
async function readTrafficAsBefore(dossiers: readonly Dossier[], reading: RunReading): Promise<void> {
  const bySource = Map.groupBy(dossiers, ({ facts: { close } }) => close?.old?.source);
  for (const [source, those] of bySource)
    if (source !== undefined) await readExposure(those, { ...reading, exposure: source });
}

function makeQuestion({ case: { issue, error }, facts: { close } }: Dossier, now: number): ErrorQuestion[] {
  if (error === null || close === undefined) return [];
  const from = countedFrom(close.at, now);
  return [{ issue, error, anchor: from, window: { from, until: now } }];
}

type Reply = ProviderReply<ReadonlyMap<number, ErrorHistory>>;

function makeFact(dossier: Dossier, reply: Reply, reading: RunReading): WatchFact {
  const { case: subject, facts, traffic } = dossier;
  const { close, sign } = facts;
  const name = subject.error?.shortId ?? "the error";
  if (sign?.state === "gone")
    return never(`Sentry knows ${name} no more: it was deleted, or merged into another issue`);
  if (close?.old === undefined) return NO_RATE;
  if (!reply.answered) return unknown(reply.why);
  const history = reply.value.get(subject.issue);
  if (history === undefined) return unknown(`Sentry did not tell about ${name}`);
  if (traffic === undefined) return never(describeSilence(close.old.source));
  return countSince({
    closedAt: close.at,
    anchor: findAnchor(dossier),
    before: close.old.before,
    history,
    traffic,
    placements: placeSeen(dossier, history, traffic, reading),
    now: reading.now,
  });
}

const describeSilence = (source: ExposureSource): string =>
  `no ${source} can be read, in which the traffic was counted before`;
const unknown = (detail: string): WatchFact => ({ state: "unknown", detail });
const never = (detail: string): WatchFact => ({ state: "unknown", detail, lasting: true });
