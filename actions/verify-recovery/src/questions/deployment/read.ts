import { knownAnchor } from "../fix/read.ts";
import { addFacts, askProvider, containsFor, type Dossier, type RunReading } from "../reading.ts";
import type { FixHolding, ProductionHistory } from "../sources.ts";
import { explainHolding } from "./explain.ts";
import { containmentsFor, locateFix } from "./locate.ts";

/** Where every fix stands: one look at production and one at the commits, for all incidents. */
export async function readDeployments(dossiers: Dossier[], reading: RunReading): Promise<void> {
  const { ports, troubles, now } = reading;
  const since = Math.min(
    ...dossiers.map(({ facts: { fix } }) => (fix.kind === "merged" ? fix.at : fix.after)),
  );
  const production = await askProvider(troubles, () => ports.readProduction(since));
  if (!production.answered) return setUnknown(dossiers, production.why);
  const refused = await learnContainments(dossiers, production.value, reading);
  if (refused !== undefined) return setUnknown(dossiers, refused);
  addFacts(dossiers, (dossier) => {
    const { fix } = dossier.facts;
    const known = knownAnchor(dossier.case, fix);
    const located = locateFix(fix, production.value, containsFor(dossier, reading), known, now);
    const live = production.value?.history[0]?.sha;
    const holding =
      fix.kind === "merged" && live ? reading.containments.get(fix.commit)?.get(live) : undefined;
    return { deployment: explainHolding(located, holding) };
  });
}

const setUnknown = (dossiers: Dossier[], detail: string): void =>
  addFacts(dossiers, () => ({ deployment: { state: "unknown", sha: null, detail } }));

async function learnContainments(
  dossiers: readonly Dossier[],
  production: ProductionHistory | undefined,
  { ports, troubles, containments }: RunReading,
): Promise<string | undefined> {
  if (production === undefined) return undefined;
  const pairs = dossiers.flatMap(({ facts }) => containmentsFor(facts.fix, production));
  const unique = [...new Map(pairs.map((pair) => [`${pair.fix} ${pair.head}`, pair])).values()];
  if (unique.length === 0) return undefined;
  const answers = await askProvider(troubles, () => ports.readContainment(unique));
  if (!answers.answered) return answers.why;
  for (const [{ fix, head }, holding] of answers.value) {
    const heads = containments.get(fix) ?? new Map<string, FixHolding>();
    containments.set(fix, heads.set(head, holding));
  }
  return undefined;
}
