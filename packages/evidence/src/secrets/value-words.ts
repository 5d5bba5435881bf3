const NO_SECRET =
  /^(?:undefined|null|true|false|none|nil|nan|yes|no|missing|expired|invalid|required|empty|must|should|is|was|has|not|unknown|unexpected|string|number|object|boolean|function|array|error|failed|denied|mismatch|wrong|incorrect|bad|cannot|could|an?|the|for|to|in|of|as|with|from|by|on|at|or|and|if|when|that|this|which|via|using|be|are|can|will|into|your|optional|void|any|bytes?|int|str|char|await|new|async|self|return|class|typeof|super|this|function|[^\w\s]{1,3}|\s[^\w\s]\s|\*+|x{3,}|\.{2,}|\$.*|process\.env.*|import\.meta.*|os\.environ.*|env\..*|secrets\..*|vars\..*|[‹<{].*|%[sdo]|phc_\w+)$/i;

/** A version, a path, a dotted name, a header's name, or the rest of a program behind a literal that ended. */
const PLACE =
  /^[~^>=v]{0,3}\d{1,5}(?:\.\d{1,6}){1,3}(?:[-+][\w.+-]{1,40})?$|^(?:(?:GET|POST|PUT|HEAD|PATCH|DELETE) )?(?:\.{1,2}|~|@[\w-]+)?\/[A-Za-z_.@/*{}:-]{0,120}$|^[A-Za-z_]+(?:\.[A-Za-z_]+){2,}$|^(?:cookie2|x-[a-z]+(?:-[a-z]+)*|(?:npm|workspace|link|file):.*)$|^\s*[+)\]},&|?;]|^0x[0-9A-Fa-f]{1,8}$|^(?:\w{4,8} )?(.)\1{5,}|^(?:basic|bearer|token) (?:[$[{(<]|x{3}|auth$)|^__[A-Z_]+__$|^(?=[A-Za-z_-]{6,60}$)\w*[-_]?(?:token|secret|password|cookie|credential|passwd)/i;

/** Whether a value is no secret: a word about one, a placeholder, a variable, a key that is public. */
export function isNoSecret(value: string): boolean {
  return value.trim() === "" || NO_SECRET.test(value) || PLACE.test(value) || value.startsWith("[redacted");
}

/** A path of identifiers, as code has it: `parser.next`, `options2?.token`, `exports2.AUTH_V5`; alone none has a digit. */
const IDENTIFIERS =
  /^(?:[A-Za-z_$]+|[a-z]+(?:[A-Z][a-z]+)+\d|[A-Za-z_$]+\d?(?:(?:\.|->|::|\?\.)(?:[A-Za-z_$]+\d?|[A-Z][A-Z\d]*(?:_[A-Z\d]+)+))+)[!?]?$/;

/** Behind a comparison, a subscript or a keyword that declares, a literal has quotes. */
const OF_A_PROGRAM = /[!=]==\s{0,4}$|\s[!=]=\s{1,4}$|["'`]\]\s{0,4}=\s{0,4}$/;
const DECLARES = /(?:^|[\s;{(])(?:let|const|var)\s{1,4}[\w$]{0,60}$/;

/** Whether a place in a program takes a variable where it has no literal in quotes. */
export function takesVariable(word: string, before: string, line: string): boolean {
  return IDENTIFIERS.test(word) && (OF_A_PROGRAM.test(before) || DECLARES.test(line));
}

/** Whether a value without quotes is an expression of a program: a call, an index, a field, a statement's end. */
export function isCode(raw: string, after: string): boolean {
  const value = raw.replace(/^[!&*-]{1,2}(?=[A-Za-z_$])/, "");
  if (raw.startsWith("!") && IDENTIFIERS.test(value)) return true;
  if (!IDENTIFIERS.test(value)) return /^[A-Za-z_$][\w$.]*$/.test(value) && /^\((?!\w+\)$)/.test(after);
  if (
    /^[([{<]|^\s?=>|^\s?(?:[?+]|&&|\|\||[=!]==?)\s|^\s(?:as|is|in|of|or|and|if|else|instanceof|satisfies)\s/.test(
      after,
    )
  )
    return true;
  if (/^[A-Z][a-z][A-Za-z]*$/.test(value) && /^(?:[)[,;]| [|=&{])/.test(after)) return true;
  return (
    value.includes(".") ||
    value.includes("->") ||
    value.includes("::") ||
    /^[;,]\s*$/m.test(after.slice(0, 3))
  );
}

/** Whether a value begins a sentence: a plain word and another behind it. */
export function isProse(value: string, after: string): boolean {
  return /^[A-Za-z]+[,.:]?$/.test(value) && /^,? (?:[A-Za-z]{1,20}\b|["'`(*])/.test(after);
}
