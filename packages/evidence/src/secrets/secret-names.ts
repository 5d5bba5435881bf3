/** Names whose value is a secret, anywhere in a longer name: `STRIPE_SECRET_KEY`, `dbPassword`. */
const LONG_NAMES = [
  "pass(?:word|wd|phrase|code)",
  "secret",
  "token",
  "api[-_ ]?key",
  "app[-_]?key",
  "(?:access|private|signing|encryption|master|account|license|service|webhook|storage|deploy|insert|auth|client|admin|write|read)[-_ ]?key",
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
  "bearer",
];
/** Short names, which must not be a part of another word. */
const SHORT_NAMES = "pwd|creds?|auth|sig|sid|jwt|otp|pin|cvv|cvc|dsn|csrf|xsrf|hmac|pat";

const NAME = `${LONG_NAMES.join("|")}|(?<![A-Za-z])(?:${SHORT_NAMES})(?![a-z])|[-_]pass(?![a-z])`;

let named: RegExp | undefined;
let anyName: RegExp | undefined;

/** Finds names; the group `rest` is what follows in the same word. Sought from its `lastIndex`. */
export function nameFinder(): RegExp {
  named ??= new RegExp(
    `(?<name>${NAME}|(?<=identified\\s{1,4})by(?=\\s{1,4}'))(?<rest>[A-Za-z0-9_-]{0,40})`,
    "gi",
  );
  return named;
}

/** Whether any of the words of a text names a secret. */
export function speaksOfSecret(text: string): boolean {
  anyName ??= new RegExp(NAME, "i");
  return anyName.test(text);
}

/** What may follow the name in one word: `passwordHash`, `tokens`, `secret_key_2`. */
const STILL_THE_SECRET =
  /^(?:s|(?:[-_]?(?:key|value|val|hash|digest|raw|b64|base64|plain|text|secret|token|string|data|header|id|old|new|current|confirm\w*|again|repeat|\d))+)$/i;

/** What may follow it so that the value only speaks about the secret: `token_type`, `PASSWORD_MIN_LENGTH`. */
const ABOUT_THE_SECRET =
  /[-_](?:count|type|kind|len|length|limit|max|min|budget|expir\w*|duration|name|method|mode|policy|age|at|in|ttl|size|status|state|error|required|strategy|provider|field|label|hint|prompt|endpoint|version|enabled|valid\w*|reset|usage|used|window|format|rules?|check|strength|based|flags?|prefix|suffix|results?|verified|args?|like|only|free|store|class|parser|missing)(?:[-_]|$)/i;

/** Whether a name with what follows it in the word names the secret itself. */
export function namesSecret(name: string, rest: string): boolean {
  if (rest === "s") return !/^token$/i.test(name);
  return rest === "" || STILL_THE_SECRET.test(rest) || (/^[-_]/.test(rest) && !ABOUT_THE_SECRET.test(rest));
}

/** Names whose value is the rest of the line, or all that is in brackets. */
export const isHeader = (name: string): boolean => /^(?:authori[sz]ation|cookie)/i.test(name);
