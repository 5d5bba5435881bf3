import { createHash } from "node:crypto";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { makeMutants } from "./make-mutants.ts";
import type { Mutant } from "./mutant.ts";
import type { DecidingPart } from "./parts.ts";
import { playMutants } from "./play-mutants.ts";
import { judgeMutant, type NamedEnding } from "./score.ts";

/** What was seen of a part. */
export interface PlayedPart {
  readonly ends: readonly NamedEnding[];
  /** Files of which every mutant was tried. */
  readonly whole: ReadonlySet<string>;
}

/**
 * Tries the mutants of a part that `choose` takes. What was tried before on the same code and tests is not tried again:
 * journals lie in `kept`.
 */
export async function playPart(
  root: string,
  part: DecidingPart,
  kept: string,
  choose: (mutants: readonly Mutant[]) => readonly Mutant[] = (all) => all,
  files = "**",
): Promise<PlayedPart> {
  const switched = await makeMutants(root, part, files);
  const chosen = choose(switched.mutants);
  mkdirSync(kept, { recursive: true });
  const digest = createHash("sha256").update(JSON.stringify([switched.code, chosen.map(({ id }) => id)]));
  for (const path of switched.tests) digest.update(readFileSync(path));
  const journal = join(kept, `${part.name}-${digest.digest("hex").slice(0, 16)}.jsonl`);
  const after = await playMutants(
    root,
    switched,
    chosen.map(({ id }) => id),
    journal,
  );
  const names = new Set(chosen.map(({ name }) => name));
  const partly = new Set(switched.mutants.filter(({ name }) => !names.has(name)).map(({ file }) => file));
  return {
    ends: chosen.map((mutant) => ({ name: mutant.name, ending: judgeMutant(mutant, after) })),
    whole: new Set(chosen.map(({ file }) => file).filter((file) => !partly.has(file))),
  };
}
