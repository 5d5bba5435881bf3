import { defang } from "./defang.ts";
import { addRemoved, NOTHING_REMOVED, type Removed } from "./hidden-characters.ts";
import { countRedactions, redact } from "./redact.ts";
import { redactValues } from "./redact-values.ts";
import { oneLine, sanitise } from "./sanitise.ts";
import { cutAtCodePoint, truncate } from "./truncate.ts";

/**
 * Longer input is cut before it is cleaned, so that a field which shows little costs little. The cut lies far behind
 * what is shown, so a secret that it halves is not shown either.
 */
const inputLimit = (maxLength: number): number => Math.min(262_144, 2048 + 16 * maxLength);

/** What stands in place of a text that could not be made safe. */
export const WITHHELD = "[withheld: this text could not be made safe]";

export type CleanText = {
  readonly text: string;
  readonly removed: Removed;
  /** How many secrets and personal data were hidden. */
  readonly redacted: number;
  readonly withheld: boolean;
};

export type CleaningRules = {
  /** Most UTF-16 units of the result. */
  readonly maxLength: number;
  /** Values of the secrets that the job holds. */
  readonly secrets?: readonly string[];
  /** Whether the result must be a single line. */
  readonly singleLine?: boolean;
  /** For tests: stands in for `redact`. */
  readonly redact?: typeof redact;
};

/**
 * The one way from hostile text to safe text: sanitised, secrets hidden by value and by shape, addresses
 * defanged, and only then truncated. If any step throws, the text is withheld and never shown raw.
 */
export function cleanText(raw: string, rules: CleaningRules): CleanText {
  try {
    // Twice, because a secret may hold what sanitising changes, or be hidden behind what it removes.
    const before = redactValues(bounded(raw, inputLimit(rules.maxLength)), rules.secrets ?? []);
    const sanitised = sanitise(before.text);
    const valued = redactValues(sanitised.text, rules.secrets ?? []);
    const redacted = (rules.redact ?? redact)(valued.text);
    const defanged = defang(redacted.text);
    const shaped = rules.singleLine === true ? oneLine(defanged) : defanged;
    return {
      text: truncate(shaped, rules.maxLength),
      removed: sanitised.removed,
      redacted: before.hidden + valued.hidden + countRedactions(redacted.redactions),
      withheld: false,
    };
  } catch {
    return { text: WITHHELD, removed: NOTHING_REMOVED, redacted: 0, withheld: true };
  }
}

/** Cuts at a blank in the second half, else as it comes. */
function bounded(raw: string, most: number): string {
  if (raw.length <= most) return raw;
  const cut = cutAtCodePoint(raw, most);
  const blank = Math.max(cut.lastIndexOf(" "), cut.lastIndexOf("\n"));
  return blank > most / 2 ? cut.slice(0, blank) : cut;
}

/** Sums up what was done to several texts. */
export function sumCleaning(texts: readonly CleanText[]): Omit<CleanText, "text"> {
  return {
    removed: texts.reduce((sum, one) => addRemoved(sum, one.removed), NOTHING_REMOVED),
    redacted: texts.reduce((sum, one) => sum + one.redacted, 0),
    withheld: texts.some((one) => one.withheld),
  };
}
