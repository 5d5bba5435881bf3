import type { SiblingFact } from "../../facts.ts";
import { addFacts, askProvider, type Dossier, findAnchor, type RunReading } from "../reading.ts";
import { findSibling } from "./decide.ts";

/** Did another error take the place of one that is about to be closed? One read for all of them. */
export async function readSiblings(dossiers: Dossier[], { ports, troubles }: RunReading): Promise<void> {
  const errors = dossiers.flatMap(({ case: { error } }) => error ?? []);
  const since = Math.min(...dossiers.map(findAnchor));
  const reply = await askProvider(troubles, () => ports.readIdentities(errors, since));
  addFacts(dossiers, (dossier) => ({
    sibling: reply.answered ? judgeSibling(dossier, reply.value) : { state: "unknown", detail: reply.why },
  }));
}

type Identities = Awaited<ReturnType<RunReading["ports"]["readIdentities"]>>;

function judgeSibling(dossier: Dossier, { own, newer }: Identities): SiblingFact {
  const shortId = dossier.case.error?.shortId ?? "";
  const identity = own.get(shortId);
  if (identity === undefined) return { state: "unknown", detail: `Sentry did not tell about ${shortId}.` };
  const sibling = findSibling(identity, newer, findAnchor(dossier));
  return sibling === undefined ? { state: "none" } : { state: "found", shortId: sibling.shortId };
}
