import type { VerifyFacts } from "../../facts.ts";
import type { OperationQuestion } from "../../ports.ts";
import {
  addFacts,
  askSentry,
  type Dossier,
  findAnchor,
  type ProviderReply,
  type RunReading,
} from "../reading.ts";
import type { OperationHistory } from "../sources.ts";
import { lookBegin } from "../watch/due.ts";
import { countLatency, hoursWanted, judgeOperationTraffic } from "./count.ts";

type Reply = ProviderReply<ReadonlyMap<number, OperationHistory>>;

/** Is it in use, and fast again? One read for all slow operations; it answers both questions. */
export async function readLatency(dossiers: Dossier[], reading: RunReading): Promise<void> {
  const questions = dossiers.flatMap(({ case: { issue, operation } }): OperationQuestion[] =>
    operation === undefined ? [] : [{ issue, operation }],
  );
  const { readOperations: read } = reading.ports;
  const operations = questions.map(({ operation }) => operation);
  const reply = await askSentry(
    reading.troubles,
    questions,
    read && ((asked) => read(asked, hoursWanted(operations, reading.now))),
  );
  addFacts(dossiers, (dossier) => makeFacts(dossier, reply, reading));
}

function makeFacts(dossier: Dossier, reply: Reply, { now, settings }: RunReading): Partial<VerifyFacts> {
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
  const { close } = dossier.facts;
  const begin = close === undefined ? anchor : lookBegin(close, now);
  const counting = { operation, buckets: history.buckets, anchor, begin, now, settings };
  return { traffic: judgeOperationTraffic(counting), latency: countLatency(counting) };
}

/** Unknown traffic ends the questions; a look back asks for latency alone. */
const unknown = (detail: string): Partial<VerifyFacts> => ({
  traffic: { state: "unknown", detail },
  latency: { state: "unknown", detail },
});
