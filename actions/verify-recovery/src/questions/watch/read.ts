import type { ExposureSource } from "../../facts.ts";
import type { ErrorQuestion, SightOfError } from "../../ports.ts";
import { EXPOSURE_NOUNS } from "../../words.ts";
import { seenInList } from "../errors/seen.ts";
import {
  addFacts,
  askSentry,
  type Dossier,
  findAnchor,
  type ProviderReply,
  type RunReading,
} from "../reading.ts";
import { learnRaised, placeSeen } from "../releases/read.ts";
import { narrowToApps } from "../releases/traffic.ts";
import type { ErrorHistory } from "../sources.ts";
import type { CountedTraffic } from "../traffic/count.ts";
import { readExposure } from "../traffic/read.ts";
import { countedFrom, countSince } from "./count.ts";
import { NO_RATE } from "./decide.ts";
import type { SignFact, WatchFact } from "./facts.ts";

/** Was a closed error seen again? One list for a hundred of them. */
export async function readSigns(dossiers: Dossier[], { ports, troubles, now }: RunReading): Promise<void> {
  const questions = dossiers.flatMap(({ case: { issue, error } }) => (error ? [{ issue, error }] : []));
  const reply = await askSentry(troubles, questions, ports.readLastSeen);
  addFacts(dossiers, (dossier) => ({ sign: makeSign(dossier, reply) }));
  for (const dossier of dossiers) {
    const sight = reply.answered ? reply.value.get(dossier.case.issue) : undefined;
    if (sight !== undefined) dossier.seen = seenInList(sight, now);
  }
}

function makeSign(
  { case: { issue, error } }: Dossier,
  reply: ProviderReply<ReadonlyMap<number, SightOfError>>,
): SignFact {
  if (!reply.answered) return { state: "unknown", detail: reply.why };
  if (error !== null && !reply.value.has(issue)) return { state: "gone" };
  return { state: "seen", at: reply.value.get(issue)?.lastSeen ?? null };
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
  if (subject.error === null) return never("the incident names no error in Sentry");
  const name = subject.error.shortId;
  if (sign?.state === "gone")
    return never(`Sentry no longer has ${name}: it was deleted, or merged into another issue`);
  if (close?.old === undefined) return NO_RATE;
  const { before, source, apps } = close.old;
  if (!reply.answered) return unknown(reply.why);
  const history = reply.value.get(subject.issue);
  if (history === undefined) return unknown(`Sentry did not tell about ${name}`);
  if (history.untold !== undefined) return unknown(history.untold);
  if (traffic === undefined) return unknown(describeSilence(source));
  const used = apps === undefined ? traffic : narrowTraffic(traffic, apps);
  return unlessImpossible(() =>
    countSince({
      closedAt: close.at,
      anchor: findAnchor(dossier),
      before,
      history,
      traffic: used,
      placements: placeSeen(dossier, history, used, reading),
      now: reading.now,
    }),
  );
}

/** Other apps of the project may have many times the traffic of the one that raised it. */
const narrowTraffic = (traffic: CountedTraffic, apps: readonly string[]): CountedTraffic =>
  traffic.source === "clock"
    ? traffic
    : { ...traffic, exposure: narrowToApps(traffic.exposure, new Set(apps)) };

/** Counts that cannot be are Sentry's fault, and hold no other incident up. */
function unlessImpossible(count: () => WatchFact): WatchFact {
  try {
    return count();
  } catch (error) {
    if (error instanceof RangeError) return unknown(error.message);
    throw error;
  }
}

const describeSilence = (source: ExposureSource): string =>
  `${source === "posthog" ? "PostHog" : "Sentry"} no longer shows any ${EXPOSURE_NOUNS[source]}, which traffic was counted in before`;
const unknown = (detail: string): WatchFact => ({ state: "unknown", detail });
const never = (detail: string): WatchFact => ({ state: "unknown", detail, lasting: true });
