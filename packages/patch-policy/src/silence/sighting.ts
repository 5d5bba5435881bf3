import { makeFinding, type PolicyFinding, type RuleName } from "../rules.ts";
import type { Occurrence } from "../text/occurrences.ts";

/** A finding with the parts of a file that it explains: they are no real work. */
export type SilenceSighting = PolicyFinding & {
  readonly explains: { readonly side: "before" | "after"; readonly spans: Occurrence["spans"] };
};

type Place = Pick<Occurrence, "path" | "from" | "spans">;

/** What a rule sees at each occurrence. @param does what the file does there, as the rest of a sentence */
export const sightAll = (
  found: readonly Place[],
  rule: RuleName,
  does: string,
  side?: "before" | "after",
): SilenceSighting[] =>
  found.map((one) => sighting(rule, `\`${one.path}\` ${does} (line ${one.from}).`, one, side));

/** What a rule sees at an occurrence. */
export function sighting(
  rule: RuleName,
  told: string,
  { path, from, spans }: Place,
  side: "before" | "after" = "after",
): SilenceSighting {
  return { ...makeFinding(rule, told, { path, line: from }), explains: { side, spans } };
}
