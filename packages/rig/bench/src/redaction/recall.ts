import { type Families, readFamily, redact, TOKEN_FORMATS } from "@patchpilot/evidence";
import { deriveSeed, seededRandom } from "../verdicts/draws.ts";
import { CONTEXTS, nameFrom } from "./contexts.ts";
import { COVERED_FORMATS } from "./covered-formats.ts";
import { generateSecret } from "./generate-secret.ts";
import { isHeldOut } from "./held-out.ts";

export type Recall = Readonly<Record<"secrets" | "found" | "rules" | "families", number>> & {
  /** How often it was missed, by rule and by context. */
  readonly missed: ReadonlyMap<string, number>;
  readonly examples: readonly string[];
};

const WITHOUT_HELD_OUT: Families = (family) => !isHeldOut(family);

/**
 * Draws a secret for each public rule and context, and counts those of which nothing stays. The rules of families that are
 * held out are taken out before theirs are looked for.
 */
export function measureRecall(part: "known" | "held-out", seed: number): Recall {
  const rows = [...TOKEN_FORMATS, ...COVERED_FORMATS]
    .map(readRow)
    .filter(({ family }) => isHeldOut(family) === (part === "held-out"));
  const missed = new Map<string, number>();
  const examples: string[] = [];
  const note = (key: string): Map<string, number> => missed.set(key, (missed.get(key) ?? 0) + 1);
  let found = 0;
  for (const { rule, format } of rows) {
    for (const [context, write] of CONTEXTS) {
      const secret = generateSecret(format, seededRandom(deriveSeed({ rule, context }, seed)));
      const text = write(nameFrom(rule), secret);
      if (isHidden(redact(text, part === "held-out" ? WITHOUT_HELD_OUT : undefined).text, secret)) found += 1;
      else {
        note(`rule ${rule}`);
        note(`context ${context}`);
        examples.push(text);
      }
    }
  }
  const families = new Set(rows.map(({ family }) => family)).size;
  return { secrets: rows.length * CONTEXTS.length, found, rules: rows.length, families, missed, examples };
}

export function readRow(row: string): { rule: string; family: string; format: string } {
  const [rule = "", , ...format] = row.split("|");
  return { rule, family: readFamily(rule), format: format.join("|") };
}

/** Whether no eight characters of a secret that follow each other are left, but those that it begins with. */
function isHidden(text: string, secret: string): boolean {
  for (let at = Math.min(8, secret.length - 8); at + 8 <= secret.length; at += 1)
    if (text.includes(secret.slice(at, at + 8))) return false;
  return true;
}
