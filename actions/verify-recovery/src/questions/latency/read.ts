import type { VerifyFacts } from "../../facts.ts";
import type { OperationQuestion } from "../../ports.ts";
import {
  addFacts,
  askSentry,
  type Dossier,
  findAnchor,
  findBegin,
  type ProviderReply,
  type RunReading,
} from "../reading.ts";
import type { OperationHistory } from "../sources.ts";
import { countLatency, hoursWanted, judgeOperationTraffic, type LatencyCounting } from "./count.ts";
import { isWorthSeparating } from "./decide.ts";
import { learnOperationReleases } from "./read-releases.ts";
import { readTracing, type Silent } from "./read-tracing.ts";
import type { OperationReleases } from "./separate.ts";

type Answers<T> = ProviderReply<ReadonlyMap<number, T>>;
/** What is counted, or why there is nothing to count. */
type LaidOut = LatencyCounting | string;

/**
 * Is it in use, and fast again? One read for all slow operations answers both questions; their releases are asked only where
 * they may change what is said.
 */
export async function readLatency(dossiers: Dossier[], reading: RunReading): Promise<void> {
  const questions = dossiers.flatMap(({ case: { issue, operation } }): OperationQuestion[] =>
    operation === undefined ? [] : [{ issue, operation }],
  );
  const { readOperations: read } = reading.ports;
  const operations = questions.map(({ operation }) => operation);
  const window = hoursWanted(operations, reading.now);
  const reply = await askSentry(reading.troubles, questions, read && ((asked) => read(asked, window)));
  const laid = new Map(dossiers.map((dossier) => [dossier, layOut(dossier, reply, reading)]));
  addFacts(dossiers, (dossier) => count(laid.get(dossier)));
  const silent = dossiers.flatMap((dossier): Silent[] => {
    const counting = laid.get(dossier);
    return typeof counting === "object" && isSilent(dossier.facts) ? [{ dossier, counting }] : [];
  });
  if (silent.length > 0) await readTracing(silent, window.until, reading);
  const open = dossiers.filter(
    ({ facts }) => facts.latency?.state === "counted" && isWorthSeparating(facts.latency, facts),
  );
  const releases = await learnOperationReleases(open, window.until, reading);
  addFacts(open, (dossier) => separate(laid.get(dossier), dossier, releases, reading));
}

const isSilent = ({ traffic }: VerifyFacts): boolean =>
  traffic?.state === "counted" && traffic.alive === false;

function layOut(dossier: Dossier, reply: Answers<OperationHistory>, { now, settings }: RunReading): LaidOut {
  const { operation, issue } = dossier.case;
  if (operation === undefined)
    return "The incident does not name its operation exactly, so Sentry cannot be asked about it.";
  if (!reply.answered) return reply.why;
  const history = reply.value.get(issue);
  if (history === undefined) return "Sentry did not tell about the operation.";
  const anchor = findAnchor(dossier);
  const begin = findBegin(dossier, now);
  return describeGap(history) ?? { operation, ...history, anchor, begin, now, settings };
}

/** Why nothing follows from some hours. */
function describeGap({ partial, unsure = false }: OperationHistory): string | undefined {
  if (partial) return "Sentry looked at a part of its data only, which proves nothing.";
  if (unsure)
    return "Sentry has little confidence in the durations, because it stores few of many requests: raise the sample rate.";
  return undefined;
}

function count(laid: LaidOut | undefined): Partial<VerifyFacts> {
  if (laid === undefined) return {};
  if (typeof laid === "string") return unknown(laid);
  return { traffic: judgeOperationTraffic(laid), ...countLatency(laid) };
}

/** Counts again by release, where releases tell. */
function separate(
  laid: LaidOut | undefined,
  { case: { issue } }: Dossier,
  reply: Answers<OperationReleases>,
  { oldClients }: RunReading,
): Partial<VerifyFacts> {
  if (!reply.answered) return unknown(reply.why);
  const releases = reply.value.get(issue);
  if (releases === undefined || typeof laid !== "object") return {};
  const gap = releases.fixed && describeGap(releases.fixed);
  if (gap !== undefined) return unknown(gap);
  const counted = countLatency({ ...laid, releases });
  if (counted.releases === undefined || oldClients === "wait") return counted;
  return { ...counted, releases: { ...counted.releases, mayStay: true } };
}

/** Unknown traffic ends the questions; a look back asks for latency alone. */
const unknown = (detail: string): Partial<VerifyFacts> => ({
  traffic: { state: "unknown", detail },
  latency: { state: "unknown", detail },
});
