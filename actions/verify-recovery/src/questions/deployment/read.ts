import type { Holding } from "@patchpilot/github";
import { DAY } from "@patchpilot/time";
import { knownAnchor } from "../fix/read.ts";
import { addFacts, askProvider, containsFor, type Dossier, type RunReading } from "../reading.ts";
import type { ProductionHistory } from "../sources.ts";
import { explainDeployment } from "./explain.ts";
import { containmentsFor, locateFix } from "./locate.ts";

/** Where every fix stands: one look at production and one at the commits, for all incidents. */
export async function readDeployments(dossiers: Dossier[], reading: RunReading): Promise<void> {
  const { ports, troubles, now } = reading;
  const since = Math.min(...dossiers.map(findSince));
  const production = await askProvider(troubles, () => ports.readProduction(since));
  if (!production.answered) return setUnknown(dossiers, production.why);
  const starts = production.value?.history.flatMap(({ from }) => from ?? []) ?? [];
  for (const dossier of dossiers) dossier.starts = starts;
  const refused = await learnContainments(dossiers, production.value, reading);
  if (refused !== undefined) return setUnknown(dossiers, refused);
  addFacts(dossiers, (dossier) => {
    const { fix } = dossier.facts;
    const known = knownAnchor(dossier.case, fix);
    const contains = containsFor(dossier, reading);
    const deployment = locateFix(fix, production.value, contains, known, now);
    const holdings = fix.kind === "merged" ? reading.containments.get(fix.commit) : undefined;
    return {
      deployment: production.value
        ? explainDeployment(deployment, fix, production.value, holdings)
        : deployment,
    };
  });
}

/** Before a close production had the fix: all that is wanted is the deployment of it, to name it. */
const BEFORE_CLOSE_MS = 3 * DAY;

function findSince({ facts: { fix, close } }: Dossier): number {
  const since = fix.kind === "merged" ? fix.at : fix.after;
  return close === undefined ? since : Math.max(since, close.at - BEFORE_CLOSE_MS);
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
  for (const [{ fix, head }, contained] of answers.value) {
    const heads = containments.get(fix) ?? new Map<string, Holding>();
    containments.set(fix, heads.set(head, contained));
  }
  return undefined;
}
