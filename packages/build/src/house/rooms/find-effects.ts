import { EFFECTS, PROVIDERS } from "../arrows/find-arrows.ts";
import type { Graph } from "../figures/find-circles.ts";
import { drawGraph, type Exported, resolveImport } from "../figures/resolve-imports.ts";
import type { Import, Source } from "../sources/parse-source.ts";
import { fault, type RoomFault } from "./room-fault.ts";

/** What decides or words, by the names of its file and folder. */
const PURE = /^actions\/[^/]+\/src\/(?:.*\/)?(?:(?:decide|words)(?:-[\w-]+)?\.ts$|(?:decide|words)\/)/;
const CLIENT = new RegExp(`^packages/(?:${[...PROVIDERS, "http", "git"].join("|")})/`);
const PORTS = /\/ports\.ts$/;

/**
 * Decisions and words that know ports, a client or the machine. Not even types of them may be imported; over other files
 * of the room they must not be reached by value.
 */
export function findEffects(sources: readonly Source[], exported: Exported): RoomFault[] {
  const values = drawGraph(sources, exported, ({ typesOnly }) => !typesOnly);
  const byPath = new Map(sources.map((source) => [source.path, source]));
  return sources
    .filter(({ path }) => PURE.test(path))
    .flatMap(({ path, imports }) => {
      const direct = imports.filter((each) => isEffect(path, each, exported));
      if (direct.length > 0) return direct.map(({ specifier }) => describe(path, specifier));
      const chain = findChain(path, values, (file) =>
        (byPath.get(file)?.imports ?? []).some((each) => !each.typesOnly && isEffect(file, each, exported)),
      );
      return chain ? [describe(path, `an effect by way of ${chain.join(", ")}`)] : [];
    });
}

const describe = (path: string, what: string): RoomFault =>
  fault(
    "decisions are pure",
    `${path} decides or words, but imports ${what}; take facts as arguments, and ask in a file that reads or writes.`,
  );

function isEffect(path: string, { specifier }: Import, exported: Exported): boolean {
  const target = resolveImport(path, specifier, exported);
  return target === undefined ? EFFECTS.test(specifier) : CLIENT.test(target) || PORTS.test(target);
}

/** The shortest way over imports within a room from a file to one that `reaches`, without the file itself. */
function findChain(from: string, graph: Graph, reaches: (file: string) => boolean): string[] | undefined {
  const chains: string[][] = [[from]];
  const seen = new Set([from]);
  for (const chain of chains) {
    const file = chain.at(-1) ?? from;
    if (reaches(file)) return chain.slice(1);
    for (const next of graph.get(file) ?? []) {
      if (seen.has(next) || roomOf(next) !== roomOf(from)) continue;
      seen.add(next);
      chains.push([...chain, next]);
    }
  }
  return undefined;
}

const roomOf = (path: string): string => path.split("/").slice(0, 2).join("/");
