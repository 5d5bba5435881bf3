import { WEEK } from "@patchpilot/time";
import type { Counting } from "../errors/count.ts";
import {
  addFacts,
  askProvider,
  type Dossier,
  findAnchor,
  type ProviderReply,
  projectOf,
  type RunReading,
} from "../reading.ts";
import type { OperationErrors, OperationRequests } from "../sources.ts";
import { nameOperations, recount } from "./count.ts";
import type { OperationFact } from "./facts.ts";

/** An incident whose errors name the operations in which they occurred. */
type Named = { readonly dossier: Dossier; readonly counting: Counting; readonly names: readonly string[] };

/** Was the operation used in which the errors occurred? One read of its name, one for ten operations of a project. */
export async function readOperations(dossiers: Dossier[], reading: RunReading): Promise<void> {
  addFacts(dossiers, () => ({ operation: { state: "none" } }));
  const answer = await askTransactions(dossiers, reading);
  if (!answer.answered) return addFacts(dossiers, () => ({ operation: unknown(answer.why) }));
  const named = dossiers.flatMap((dossier): Named[] => {
    const { counting } = dossier;
    if (counting === undefined) return [];
    const errors = answer.value.get(dossier.case.error?.id ?? "") ?? [];
    const names = nameOperations(errors, countBefore(counting));
    return names.length === 0 ? [] : [{ dossier, counting, names }];
  });
  const projects = Map.groupBy(named, ({ dossier }) => projectOf(dossier));
  await Promise.all([...projects].map(([project, some]) => countAgain(project, some, reading)));
}

/** All errors of the week before the deploy: many addresses of another error may have filled the table. */
const countBefore = ({ anchor, history: { points } }: Counting): number =>
  points.reduce((sum, { at, count }) => (at >= anchor - WEEK && at < anchor ? sum + count : sum), 0);

async function askTransactions(
  dossiers: readonly Dossier[],
  { ports: { readTransactions }, troubles }: RunReading,
): Promise<ProviderReply<ReadonlyMap<string, readonly OperationErrors[]>>> {
  const errors = dossiers.flatMap(({ case: { error } }) => error ?? []);
  if (readTransactions === undefined) return { answered: true, value: new Map() };
  const anchors = dossiers.map(findAnchor);
  const span = { from: Math.min(...anchors) - WEEK, until: Math.max(...anchors) };
  return askProvider(troubles, () => readTransactions(errors, span));
}

async function countAgain(
  project: string,
  named: readonly Named[],
  { ports: { readRequests }, troubles, now }: RunReading,
): Promise<void> {
  const names = [...new Set(named.flatMap((one) => one.names))];
  const span = { from: Math.min(...named.map(({ counting }) => counting.anchor)) - WEEK, until: now };
  const nothing = new Map<string, OperationRequests>();
  const reply =
    readRequests === undefined
      ? { answered: true as const, value: nothing }
      : await askProvider(troubles, () => readRequests(project, names, span));
  for (const one of named) {
    if (!reply.answered) {
      addFacts([one.dossier], () => ({ operation: unknown(reply.why) }));
      continue;
    }
    const requests = one.names.map((name) => reply.value.get(name));
    const { fact, counting } = recount(one.counting, one.names, requests);
    one.dossier.counting = counting;
    addFacts([one.dossier], () => ({ operation: fact }));
  }
}

const unknown = (detail: string): OperationFact => ({ state: "unknown", detail });
