import { markdownTable } from "markdown-table";
import { percent } from "../share.ts";
import { outcomeTable } from "../tables.ts";
import { WORLD_RATES, type WorldKind } from "../worlds/world.ts";
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
    const claim = `${CLAIMS[kind.claim]}${kind.mayAbstain ? ", may be silent" : ""}`;
    return [`### ${kind.name} (${claim})\n\n${outcomeTable(outcomes)}`];
  }).join("\n\n");
}

/** A row for each world: the worst rate of each mistake, and how long a complete fix takes. */
export function describeInShort(figures: readonly WorldFigures[]): string {
  const rows = WORLDS.flatMap(({ name, claim }) => {
    const own = figures.filter(({ cell }) => cell.name === name);
    if (own.length === 0) return [];
    const worst = (residue: number, count: (each: WorldFigures) => number) =>
      percent(
        Math.max(...own.map((each) => (each.cell.residue === residue ? count(each) / each.trials : 0))),
      );
    const waits = RATES_IN_SHORT.map((perHour) =>
      describeWait(own.find(({ cell }) => cell.residue === 0 && cell.perHour === perHour)),
    );
    const recovered = [1, 0.5, 0.25].map((residue) => worst(residue, (each) => each.recovered));
    return [[name, CLAIMS[claim], ...recovered, worst(0, (each) => each.failing), ...waits]];
  });
  return markdownTable([[...HEAD, ...RATES_IN_SHORT.map((perHour) => `${perHour}/h`)], ...rows]);
}

const RATES_IN_SHORT = [0.5, 1, 5] as const;
const HEAD = ["world", "", "nothing fixed", "half left", "a quarter left", "complete fix: failing"];

const describeWait = (fixed: WorldFigures | undefined): string => {
  if (fixed === undefined) return "";
  return fixed.medianHours === null
    ? `${percent(fixed.recovered / fixed.trials)} in time`
    : `${fixed.medianHours.toFixed(1)} h`;
};

/** A row for each world, a column for the rate: trials that took longer than the first ETA said, and shorter. */
export function describeEtas(figures: readonly WorldFigures[]): string {
  const rows = WORLDS.flatMap(({ name }) => {
    const own = figures.filter(({ cell, eta }) => cell.name === name && eta !== null);
    if (own.length === 0) return [];
    const cells = WORLD_RATES.map((perHour) => own.find(({ cell }) => cell.perHour === perHour)?.eta);
    return [[name, ...cells.map((eta) => (eta ? describeMisses(eta) : ""))]];
  });
  return markdownTable([["world", ...WORLD_RATES.map((perHour) => `${perHour}/h`)], ...rows]);
}

const describeMisses = ({ trials, later, sooner }: NonNullable<WorldFigures["eta"]>): string =>
  trials === 0 ? "none" : `${percent(later / trials)} / ${percent(sooner / trials)}`;
