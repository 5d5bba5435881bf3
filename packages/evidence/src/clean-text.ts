import { defang } from "./defang.ts";
import { addRemoved, NOTHING_REMOVED, type Removed } from "./hidden-characters.ts";
import { countRedactions, redact } from "./redact.ts";
import { redactValues } from "./redact-values.ts";
import { oneLine, sanitise } from "./sanitise.ts";
import { truncate } from "./truncate.ts";

/** Longer input is cut first: what is read from a provider is bounded, what a person reads far shorter. */
const MOST_INPUT = 262_144;

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
    const before = redactValues(bounded(raw), rules.secrets ?? []);
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

/** Cuts at a blank, or well before the limit, so that no half secret is left at the end. */
function bounded(raw: string): string {
  if (raw.length <= MOST_INPUT) return raw;
  const cut = raw.slice(0, MOST_INPUT);
  const blank = Math.max(cut.lastIndexOf(" "), cut.lastIndexOf("\n"));
  return cut.slice(0, blank > MOST_INPUT / 2 ? blank : -8192);
}

/** Sums up what was done to several texts. */
export function sumCleaning(texts: readonly CleanText[]): Omit<CleanText, "text"> {
  return {
    removed: texts.reduce((sum, one) => addRemoved(sum, one.removed), NOTHING_REMOVED),
    redacted: texts.reduce((sum, one) => sum + one.redacted, 0),
    withheld: texts.some((one) => one.withheld),
  };
}
