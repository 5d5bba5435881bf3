const NO_SECRET =
  /^(?:undefined|null|true|false|none|nil|nan|yes|no|missing|expired|invalid|required|empty|must|should|is|was|has|not|unknown|unexpected|string|number|object|boolean|function|array|error|failed|denied|mismatch|wrong|incorrect|bad|cannot|could|an?|the|for|to|in|of|your|optional|void|any|bytes?|int|str|char|await|new|async|this|self|return|\*+|x{3,}|\.{2,}|\$.*|process\.env.*|import\.meta.*|os\.environ.*|env\..*|secrets\..*|vars\..*|[‹<{].*|%[sdo]|phc_\w+)$/i;

/** Whether a value stands for no secret: a word about one, a placeholder, a variable, a key that is public. */
export function isNoSecret(value: string): boolean {
  return value.trim() === "" || NO_SECRET.test(value) || value.startsWith("[redacted");
}

/** A path of identifiers without a digit, as code has it: `parser.next`, `this.props.token`. */
const IDENTIFIERS = /^[A-Za-z_$]+(?:(?:\.|->|::|\?\.)[A-Za-z_$]+)*[!?]?$/;

/** Whether a value without quotes is an expression of a program: a call, an index, a field, a statement's end. */
export function isCode(value: string, after: string): boolean {
  if (!IDENTIFIERS.test(value)) return /^[A-Za-z_$][\w$.]*$/.test(value) && /^\((?!\w+\)$)/.test(after);
  if (/^[([{<]|^\s?=>|^\s?[?+]\s|^\s(?:as|is|in|of|or|and|if|else|instanceof|satisfies)\s/.test(after)) return true;
  return value.includes(".") || value.includes("->") || value.includes("::") || /^[;,]\s*$/m.test(after.slice(0, 3));
}

/** Whether a value begins a sentence: a plain word and another behind it. */
export function isProse(value: string, after: string): boolean {
  return /^[A-Za-z]+[,.:]?$/.test(value) && /^,? (?:[A-Za-z]{1,20}\b|["'`(*])/.test(after);
}
