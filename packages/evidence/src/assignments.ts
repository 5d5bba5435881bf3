import type { Hide } from "./hide.ts";

/** Names whose value is a secret, wherever in a longer name they stand: `STRIPE_SECRET_KEY`, `dbPassword`. */
const LONG_NAMES = [
  "pass(?:word|wd|phrase|code)",
  "secret",
  "token",
  "api[-_ ]?key",
  "app[-_]?key",
  "(?:access|private|signing|encryption|master|account|license|service|webhook|storage|deploy)[-_]?key",
  "shared[-_]?access[-_]?(?:key|signature)",
  "credentials?",
  "authori[sz]ation",
  "cookie",
  "session[-_]?(?:id|key|data)?",
  "signature",
  "connection[-_]?string",
  "(?:database|redis|mongo(?:db)?|postgres|mysql|amqp|broker|webhook)[-_]?ur[il]",
  "private[-_]?lines",
  "bypass",
];
/** Short names, which must not be a part of another word. */
const SHORT_NAMES = [
  "pwd",
  "auth",
  "sig",
  "sid",
  "jwt",
  "otp",
  "pin",
  "cvv",
  "cvc",
  "dsn",
  "csrf",
  "xsrf",
  "hmac",
];

const NAME = `(?:${LONG_NAMES.join("|")}|(?<![A-Za-z])(?:${SHORT_NAMES.join("|")})(?![a-z])|[-_]pass(?![a-z]))`;
const REST = "[A-Za-z0-9_-]{0,40}";
const QUOTES = String.raw`(?:\\{0,3}["'\`]\]?)?`;
const SEPARATOR = String.raw`\s{0,4}(?:=>|:=|[:=]|%3D|%3A)\s{0,4}`;
const LIST_SEPARATOR = String.raw`(?<=["'])\s{0,4},\s{0,4}(?=\\{0,3}["'])`;
const SQL_SEPARATOR = String.raw`\s{1,4}(?:is\s|by\s)?\s{0,3}(?=')`;

let compiled: RegExp | undefined;
const assignment = (): RegExp => {
  compiled ??= new RegExp(
    `(?<name>${NAME}|(?<=identified\\s{1,4})by(?=\\s{1,4}'))(?<rest>${REST})${QUOTES}(?<separator>${SEPARATOR}|(?<list>${LIST_SEPARATOR})|(?<=--[A-Za-z-]{1,60})\\s{1,2}(?=[^\\s-])|(?<sql>${SQL_SEPARATOR}))`,
    "gi",
  );
  return compiled;
};

/** What may follow the name in one word: `passwordHash`, `tokens`, `secret_key_2`. */
const STILL_THE_SECRET =
  /^(?:s|(?:[-_]?(?:key|value|val|hash|digest|raw|b64|base64|plain|text|secret|token|string|data|header|id|old|new|current|confirm\w*|again|repeat|\d{1,3}))+)$/i;

/** What may follow it so that the value only speaks about the secret: `token_type`, `PASSWORD_MIN_LENGTH`. */
const ABOUT_THE_SECRET =
  /[-_](?:count|type|kind|len|length|limit|max|min|budget|expir\w*|duration|name|method|mode|policy|age|at|in|ttl|size|status|state|error|required|strategy|provider|field|label|hint|prompt|endpoint|version|enabled|valid\w*|reset|usage|used|window|format|rules?|check|strength)$/i;

const NO_SECRET =
  /^(?:undefined|null|true|false|none|nil|nan|yes|no|missing|expired|invalid|required|empty|must|should|is|was|has|not|unknown|unexpected|string|number|object|boolean|function|array|error|failed|denied|mismatch|wrong|incorrect|bad|cannot|could|an?|the|for|to|in|of|\*+|x{3,}|\.{2,}|\$.*|process\.env.*|import\.meta.*|os\.environ.*|‹.*|%[sdo])$/i;

const HEADER = /^(?:authori[sz]ation|cookie)/i;
const MAX_VALUE = 4096;

/**
 * Hides the value of everything that is named like a secret: `KEY=value`, `"key": "value"` also JSON-escaped,
 * `key => 'value'`, headers up to the end of the line, `--flag value`, SQL literals, query parameters.
 */
export function hideAssignments(text: string, hide: Hide): string {
  const pattern = assignment();
  const pieces: string[] = [];
  let at = 0;
  pattern.lastIndex = 0;
  for (let found = pattern.exec(text); found !== null; found = pattern.exec(text)) {
    const value = readValue(text, found, pattern.lastIndex);
    if (value === null) continue;
    pieces.push(text.slice(at, value.start), hide("secret-value"));
    at = value.end;
    pattern.lastIndex = at;
  }
  pieces.push(text.slice(at));
  return hideInsertedValues(pieces.join(""), hide);
}

type Span = { start: number; end: number };

function readValue(text: string, found: RegExpExecArray, start: number): Span | null {
  const { name = "", rest = "", list, sql } = found.groups ?? {};
  if (!namesSecret(name, rest)) return null;
  if (list !== undefined && !/^(?:authori|cookie|api)/i.test(name)) return null;
  // `token '<'` is a parser speaking; `PASSWORD 'x'` is SQL.
  if (sql !== undefined && !/^(?:pass|pwd|by)/i.test(name)) return null;
  if (/unexpected\s{1,4}$/i.test(text.slice(Math.max(0, found.index - 14), found.index))) return null;
  const quote = /^\\{0,3}["'`]/.exec(text.slice(start, start + 4))?.[0];
  if (quote !== undefined) return readQuoted(text, start, quote);
  if (HEADER.test(name) && /[{[]/.test(text[start] ?? "")) return readBracketed(text, start);
  const bare = HEADER.test(name) ? /[^\r\n"'`]{1,4096}/y : /[^\s"'`,;&<>(){}[\]|\\]{1,4096}/y;
  bare.lastIndex = start;
  const value = bare.exec(text)?.[0].split(/%26|%20|%22|%2C/i)[0] ?? "";
  if (value.trim() === "" || NO_SECRET.test(value) || value.startsWith("[redacted")) return null;
  if (/^auth|^session/i.test(name) && /^\d{1,6}(?::\d{1,6})?$/.test(value)) return null;
  return { start, end: start + value.length };
}

function namesSecret(name: string, rest: string): boolean {
  if (rest === "s") return !/^token$/i.test(name);
  return rest === "" || STILL_THE_SECRET.test(rest) || (/^[-_]/.test(rest) && !ABOUT_THE_SECRET.test(rest));
}

function readBracketed(text: string, start: number): Span {
  const window = text.slice(start, start + MAX_VALUE);
  const end = window.indexOf(window[0] === "{" ? "}" : "]");
  return { start, end: start + (end === -1 ? window.length : end + 1) };
}

/** A quoted value ends at the same quote, as often escaped; without one, at the end of the line. */
function readQuoted(text: string, start: number, quote: string): Span | null {
  const from = start + quote.length;
  const window = text.slice(from, from + MAX_VALUE);
  let end = window.indexOf(quote);
  while (end > 0 && quote.length === 1 && window[end - 1] === "\\") end = window.indexOf(quote, end + 1);
  if (end === -1) end = window.search(/\n/) === -1 ? window.length : window.search(/\n/);
  const value = window.slice(0, end);
  if (value.trim() === "" || NO_SECRET.test(value) || /^\[redacted [\w-]+\]$/.test(value)) return null;
  return { start: from, end: from + end };
}

const INSERT = /insert\s{1,4}into\s{1,4}[^()\n]{1,120}\((?<columns>[^()]{1,600})\)\s{0,8}values\s{0,8}/gi;

/** In `INSERT INTO users (email, password) VALUES ('a', 'b')` the names stand apart from the values: hides every literal. */
function hideInsertedValues(text: string, hide: Hide): string {
  return text.replace(
    /insert\s{1,4}into\s{1,4}[^()\n]{1,120}\([^()]{1,600}\)\s{0,8}values\s{0,8}[^;\n]{1,4096}/gi,
    (statement) => {
      INSERT.lastIndex = 0;
      const head = INSERT.exec(statement);
      if (head === null || !new RegExp(NAME, "i").test(head.groups?.["columns"] ?? "")) return statement;
      const values = statement
        .slice(head[0].length)
        .replace(/'(?:[^'\\]|''|\\.)*'?/g, () => `'${hide("secret-value")}'`);
      return head[0] + values;
    },
  );
}
