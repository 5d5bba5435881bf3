import { makeFinding, type PolicyFinding, type RuleName } from "../rules.ts";
import type { Occurrence } from "../text/occurrences.ts";

/** A finding with the parts of a file that it explains: they are no real work. */
export type SilenceSighting = PolicyFinding & {
  readonly explains: { readonly side: "before" | "after"; readonly spans: Occurrence["spans"] };
};

/** What a rule sees at an occurrence. */
export function sighting(
  rule: RuleName,
  told: string,
  { path, from, spans }: Pick<Occurrence, "path" | "from" | "spans">,
  side: "before" | "after" = "after",
): SilenceSighting {
  return { ...makeFinding(rule, told, { path, line: from }), explains: { side, spans } };
}
