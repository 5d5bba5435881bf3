import { outcomeTable } from "../tables.ts";
import type { WorldKind } from "../worlds/world.ts";
import { WORLDS } from "../worlds/worlds.ts";
import type { WorldFigures } from "./play-world.ts";

const CLAIMS: { readonly [Claim in WorldKind["claim"]]: string } = {
  promise: "promised",
  abstain: "should be silent",
  print: "nothing is promised",
};

/** All worlds as Markdown, one table each: a row for what is left, a column for the rate. */
export function describeWorlds(figures: readonly WorldFigures[]): string {
  return WORLDS.flatMap((kind) => {
    const outcomes = figures.flatMap(({ cell, ...outcome }) =>
      cell.name === kind.name ? [{ ...cell, ...outcome }] : [],
    );
    if (outcomes.length === 0) return [];
    return [`### ${kind.name} (${CLAIMS[kind.claim]})\n\n${outcomeTable(outcomes)}`];
  }).join("\n\n");
}
