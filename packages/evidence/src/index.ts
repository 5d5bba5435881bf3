export { type CleaningRules, type CleanText, cleanText, sumCleaning, WITHHELD } from "./clean-text.ts";
export { defang } from "./defang.ts";
export { addRemoved, countRemoved, NOTHING_REMOVED, type Removed } from "./hidden-characters.ts";
export { countRedactions, type Redacted, type Redactions, redact } from "./redact.ts";
export { redactValues } from "./redact-values.ts";
export { describeRemoved, oneLine, type Sanitised, sanitise } from "./sanitise.ts";
export { cutAtCodePoint, truncate } from "./truncate.ts";
