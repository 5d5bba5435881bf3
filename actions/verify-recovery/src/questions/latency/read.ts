import type { VerifyFacts } from "../../facts.ts";
import type { OperationQuestion } from "../../ports.ts";
import {
  addFacts,
  askProvider,
  type Dossier,
  findAnchor,
  NO_SENTRY,
  type ProviderReply,
  type RunReading,
} from "../reading.ts";
import type { OperationHistory } from "../sources.ts";
import { countLatency, hoursWanted, judgeOperationTraffic } from "./count.ts";

type Histories = ReadonlyMap<number, OperationHistory>;

/** Is it in use, and fast again? One read for all slow operations; it answers both questions. */
export async function readLatency(dossiers: Dossier[], reading: RunReading): Promise<void> {
  const questions = dossiers.flatMap(({ case: { issue, operation } }): OperationQuestion[] =>
    operation === undefined ? [] : [{ issue, operation }],
  );
  const reply = await askHistories(questions, reading);
  addFacts(dossiers, (dossier) => makeFacts(dossier, reply, reading));
}

async function askHistories(
  questions: readonly OperationQuestion[],
  { ports, troubles, now }: RunReading,
): Promise<ProviderReply<Histories>> {
  const { readOperations: read } = ports;
  if (questions.length === 0) return { answered: true, value: new Map() };
  if (read === undefined) return { answered: false, why: NO_SENTRY };
  const operations = questions.map(({ operation }) => operation);
  const window = hoursWanted(operations, now);
  return askProvider(troubles, () => read(questions, window));
}

function makeFacts(
  dossier: Dossier,
  reply: ProviderReply<Histories>,
  { now, settings }: RunReading,
): Partial<VerifyFacts> {
  const { operation, issue } = dossier.case;
  if (operation === undefined)
    return unknown(
      "The incident does not name its operation exactly, so that Sentry cannot be asked about it.",
    );
  if (!reply.answered) return unknown(reply.why);
  const history = reply.value.get(issue);
  if (history === undefined) return unknown("Sentry did not tell about the operation.");
  if (history.partial) return unknown("Sentry looked at a part of its data only, which proves nothing.");
  if (history.unsure === true)
    return unknown(
      "Sentry has little confidence in the durations, because few stored requests stand for many: raise the sample rate.",
    );
  const anchor = findAnchor(dossier);
  const begin = dossier.facts.close?.at ?? anchor;
  const counting = { operation, buckets: history.buckets, anchor, begin, now, settings };
  return { traffic: judgeOperationTraffic(counting), latency: countLatency(counting) };
}

/** Unknown traffic ends the questions; a look back asks for latency alone. */
const unknown = (detail: string): Partial<VerifyFacts> => ({
  traffic: { state: "unknown", detail },
  latency: { state: "unknown", detail },
});
