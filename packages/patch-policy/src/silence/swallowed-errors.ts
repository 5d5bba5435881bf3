import { findIn, gained, lost, type Occurrence, occurrence } from "../text/occurrences.ts";
import type { PatchText, Version } from "../text/patched-file.ts";
import { splitStatements } from "../text/regions.ts";
import { findHandlers, type Handler } from "./handlers.ts";
import { type SilenceSighting, sightAll } from "./sighting.ts";

/** What becomes of a caught error. */
export type ErrorFate = "passed-on" | "kept" | "dropped";

/** What hands an error on: thrown, reported, answered, given to whoever called. */
const PASSES_ON =
  /\b(?:throw|raise|rethrow|reject|panic|abort|fail|exit|os\.Exit)\b|capture\w*\s*\(|\breport\w*\s*\(|\bnotify\w*\s*\(|\bnext\s*\(\s*\w|\b(?:cb|callback|done)\s*\(\s*\w|\bset_?error\w*\s*\(|\bon_?error\w*\s*\(|\.(?:record_?exception|setStatus|addError|add_error)\s*\(|\b(?:status|sendStatus|StatusCode|http\.Error|render|redirect_to|http_response_code|jsonify|HttpResponse\w*|ResponseEntity|NextResponse|JsonResponse|Response|Result\.(?:failure|Failure|Err)|Err|Bad_?Request|Not_?Found|Problem)\b\s*(?:[.(]|::)|\b(?:bail|ensure|unreachable|fatalError|preconditionFailure)!?\s*\(|\{:error\b|\.left\s*\(|\bLeft\s*\(|\.failure\s*\(|\bFailure\s*\(|\binterrupt\s*\(|\.send_?error\s*\(/i;

/** What reports at the level of errors, which Sentry's logging integrations take up and others do not. */
const LOGS_ERROR =
  /\b(?:log|tracing)::error!|(?<![\w:])error!\s*\(|\b(?:log\w*|console|slog|Log|_?logger|Rails\.logger|Timber|zap|sugar)\.(?:error\w*|exception|critical|fatal\w*|LogError|LogCritical|severe|e|wtf)\s*\(|\berror_log\s*\(/i;

const LOGS =
  /^(?:this\.|self\.|@|\$this->|_)*(?:[\w$]*(?:log|logger|logging)\w*|console|tracing|slog|Log|Rails\.logger|Timber|System\.(?:out|err)|fmt|Console|Debug|Trace|IO)(?:\.|->|::)\w+!?\s*[({ ]|^(?:trace|debug|info|warn|println|eprintln|dbg)!|^(?:NSLog|os_log|debugPrint|print|println|puts|p|pp|echo|var_dump|debug|warn|log|logger|print_r)\b|^\w+\.printStackTrace\s*\(/i;

/** A value that says nothing of the error: a literal, a name, an empty or fixed collection. */
const ATOM = String.raw`(?:"[^"]*"|'[^']*'|\`[^\`]*\`|[!-]?[\w$.:@]+|\[\]\w+\{\}|\[[^\[\]()]*\]|\{[^{}()]*\}|\(\s*\)|(?:Promise\.resolve|Optional\.empty|List\.of|Map\.of|Set\.of|\w+\.empty\w*|emptyList|emptyMap|listOf|mapOf|Array\.Empty<\w+>|Enumerable\.Empty<\w+>|new\s+\w+(?:<[^<>]*>)?)\s*\([^()]*\))`;
const MADE = String.raw`(?:(?:const|new)\s+)?(?:[A-Z]\w*(?:(?:\.|::)\w+)*|vec!|:?\w+::new)\s*(?:\(\s*(?:[-\w.]+|"[^"]*"|'[^']*'|\[\]|\(\)|vec!\[\])?\s*\)|\[\])`;
const VALUE = String.raw`(?:${ATOM}|${MADE})(?:\s*(?:\|\||&&|\?\?|,)\s*${ATOM})*`;
/** What only waits and tries again. */
const WAITS =
  /^(?:await\s+|yield\s+|try\s+)?(?:[\w$]+(?:\.|::))*(?:sleep|usleep|delay|backoff|wait|pause|set_?timeout)\w*\s*\(|^[\w$.@]+\s*(?:\+\+|--|[+-]=\s*\d+)$|^(?:\+\+|--)\w+$|^retry\b|^(?:next|continue|break)\b/i;
const NOTHING = new RegExp(
  String.raw`^(?:(?:return|break|continue|pass|next|void|yield)(?:\s+(?:await\s+)?${VALUE}|\s*\(\s*(?:${VALUE})?\s*\))?|(?:(?:let|const|var|val)\s+)?[\w$.@\[\]]+(?:\s*,\s*\w+)*\s*:?=(?!=)\s*${VALUE}|${ATOM}|${MADE}|return\s+${MADE}|\{:ok,[^{}]*\})$`,
);
/** A longer statement does something. */
const LONGEST_NOTHING = 300;

/** Errors of programming: whoever catches one hides a bug. */
const BUGS =
  /(?:^|[.:\\])(?:(?:Base|Runtime|System|Standard|Application)?(?:Exception|Error)|Throwable|TypeError|AttributeError|NameError|NoMethodError|ReferenceError|UnboundLocalError|AssertionError|(?:NullPointer|NullReference|ArgumentNull|ClassCast|InvalidCast|IndexOutOf(?:Bounds|Range)|ArrayIndexOutOfBounds|StringIndexOutOfBounds|KeyNotFound|Arithmetic|DivideByZero|ConcurrentModification|IllegalState|InvalidOperation|NoSuchElement)Exception|ZeroDivisionError|DivisionByZeroError|UninitializedPropertyAccessException|FrozenError|StopIteration)$/;

/** What may fail although nothing is wrong with the program: it reads what others wrote. */
const FALLIBLE =
  /\b(?:JSON\.parse|new URL|decodeURI(?:Component)?|atob|BigInt|localStorage|sessionStorage|new RegExp|Intl\.\w+|document\.cookie|toInt|toLong|toDouble|parseInt|Uri\.parse|UUID\.fromString|json_decode|Instant\.parse|LocalDate\.parse)\b/;

/** What becomes of the error in a handler. Pure. */
export function judgeFate(handler: Pick<Handler, "body">, language: string): ErrorFate {
  const body = handler.body.replace(/[ \t]+/g, " ");
  if (body.length > LONGEST_DROP) return "kept";
  if (PASSES_ON.test(body)) return "passed-on";
  // In Go, an error that is named is handed on.
  if (language === "go" && /\b\w*[eE]rr\w*\b/.test(body.replace(/\b(?:log|slog|fmt)\.\w+\([^\n]*\)/g, "")))
    return "passed-on";
  const statements = splitStatements(body);
  if (LOGS_ERROR.test(body)) return "kept";
  return statements.every((text) => LOGS.test(text) || isNothing(text) || WAITS.test(text)) ? "dropped" : "kept";
}

const KEPT_NAME = /(?:^|[;{\n])\s*(?:self\.|this\.|@)?(\w+)\s*=\s*(?:\w*(?:err|error|exc|exception)|e|ex)\b/i;

/** Whether a handler only keeps the error for what comes after it to throw or return. */
function isThrownLater({ body, to }: Pick<Handler, "body" | "to">, code: string): boolean {
  const name = KEPT_NAME.exec(body)?.[1];
  if (name === undefined) return false;
  const later = String.raw`\b(?:throw|raise|return|reject|Err|fail\w*)\b[^\n]{0,80}\b${name}\b`;
  return new RegExp(later).test(code.slice(to, to + 2_000));
}

/** A handler that does more than this does something with the error. */
const LONGEST_DROP = 2_000;

/** Whether a statement does nothing with an error but log it, wait or give a fixed value. */
export const isIdle = (statement: string): boolean => {
  const text = statement.replace(/(?:\s+as\s+\w+)?;?\s*$/, "").trim();
  return text === "" || LOGS.test(text) || isNothing(text) || WAITS.test(text);
};

const isNothing = (statement: string): boolean =>
  statement.length <= LONGEST_NOTHING && NOTHING.test(statement);

/** Whether a handler catches only what one must expect. Pure. */
export function isNarrow({ types, tried, body }: Handler): boolean {
  if (types.length > 0) return types.every((type) => !BUGS.test(type));
  return body.trim() !== "" && FALLIBLE.test(tried) && splitStatements(tried).length <= 2;
}

/** Handlers that catch an error and do not pass it on, where there was none like it before. Pure. */
export function judgeHandlers(patch: PatchText): SilenceSighting[] {
  return [
    ...sightAll(gained(patch, swallowing(true)), "swallows-error", "catches errors and drops them"),
    ...sightAll(
      gained(patch, swallowing(false)),
      "catches-error",
      "catches errors and does not pass them on",
    ),
    ...sightAll(findDiscardedInGo(patch), "swallows-error", "discards an error that it looked at"),
    ...sightAll(findSilencedInPhp(patch), "swallows-error", "silences a call with @"),
  ];
}

const swallowing =
  (dropped: boolean) =>
  (version: Version): Occurrence[] =>
    findHandlers(version).flatMap((handler) => {
      const fate = judgeFate(handler, version.language.name);
      if (isThrownLater(handler, version.code)) return [];
      const isDropped = fate === "dropped" && !isNarrow(handler);
      if (fate === "passed-on" || isDropped !== dropped) return [];
      // Where Go checks an error as it should, there is nothing to say of what it then does.
      if (!dropped && version.language.name === "go") return [];
      const key = `${handler.types.join("|")}:${handler.body}`;
      return [occurrence(version, key, handler.from, handler.to - 1, handler.spans)];
    });

const TAKEN = /\berr\s*:?=\s*([\w.]{1,120}\([^\n]*)/g;
const DISCARDED = /(?:^|,)[ \t]*_[ \t]*:?=[ \t]*([\w.]{1,120}\([^\n]*)/gm;

/** `x, err := f()` that becomes `x, _ := f()`. */
function findDiscardedInGo(patch: PatchText): Occurrence[] {
  const inGo = (pattern: RegExp) => (version: Version) =>
    version.language.name === "go"
      ? findIn(version, version.code, pattern, ([, call = ""]) => call.replace(/;.*$|\{\s*$/, ""))
      : [];
  const taken = new Set(lost(patch, inGo(TAKEN)).map(({ key }) => key));
  return gained(patch, inGo(DISCARDED)).filter(({ key }) => taken.has(key));
}

/** PHP's `@` before a call. */
const findSilencedInPhp = (patch: PatchText): Occurrence[] =>
  gained(patch, (version) =>
    version.language.name === "php"
      ? findIn(version, version.code, /(?<![\w$])@(?=(?:\$?\w{1,60}(?:->|::)){0,6}\w{1,60}\s*\()/g)
      : [],
  );
