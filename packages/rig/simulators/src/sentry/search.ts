import { type Clause, parseSearch } from "./clause.ts";
import { SentryViolation } from "./refusal.ts";
import { parseSearchExpression, type SearchExpression } from "./search-expression.ts";

/** What a field can hold. */
export type FieldValue = string | number | boolean | null;

/** What a search may ask of a thing: key -> its value there. Numbers and instants can be compared. */
export type Readers<T> = Readonly<Record<string, (thing: T) => FieldValue>>;

type SearchOptions<T> = {
  /** The text that words without a key are looked for in; absent: they are refused. */
  readonly freeText?: (thing: T) => string;
  /** Whether AND, OR and parentheses may be used, as in Explore; the search of issues refuses them. */
  readonly booleans?: boolean;
};

/** Compiles a search to a predicate. */
export function compileSearch<T>(
  query: string,
  readers: Readers<T>,
  { freeText, booleans = false }: SearchOptions<T> = {},
): (thing: T) => boolean {
  const compile = (clause: Clause) => compileClause(clause, readers, freeText);
  if (booleans) return compileExpression(parseSearchExpression(query), compile);
  const conditions = parseSearch(query).map(compile);
  return (thing) => conditions.every((condition) => condition(thing));
}

function compileExpression<T>(
  expression: SearchExpression,
  compile: (clause: Clause) => (thing: T) => boolean,
): (thing: T) => boolean {
  if (expression.kind === "clause") return compile(expression.clause);
  const parts = expression.parts.map((part) => compileExpression(part, compile));
  if (expression.kind === "or") return (thing) => parts.some((part) => part(thing));
  return (thing) => parts.every((part) => part(thing));
}

function compileClause<T>(
  { key, negated, operator, values }: Clause,
  readers: Readers<T>,
  freeText: ((thing: T) => string) | undefined,
): (thing: T) => boolean {
  const [first = ""] = values;
  if (key === null) {
    if (freeText === undefined) throw new SentryViolation(400, `Free text "${first}" is not simulated here.`);
    return (thing) => freeText(thing).toLowerCase().includes(first.toLowerCase());
  }
  const read = findReader(readers, key === "has" ? first : key);
  if (key === "has") return (thing) => (read(thing) !== null) !== negated;
  if (operator === "") {
    return (thing) => values.some((value) => matches(value, String(read(thing) ?? ""))) !== negated;
  }
  const limit = Number.isNaN(Number(first)) ? Date.parse(first) : Number(first);
  return (thing) => compare(Number(read(thing)), operator, limit) !== negated;
}

function findReader<T>(readers: Readers<T>, key: string): (thing: T) => FieldValue {
  const read = Object.hasOwn(readers, key) ? readers[key] : undefined;
  if (read === undefined)
    throw new SentryViolation(400, `The simulated Sentry knows no search key "${key}".`);
  return read;
}

/** Values may hold `*` for any text; `\\*` is the character. */
function matches(pattern: string, value: string): boolean {
  const parts = pattern.split(/(?<!\\)\*/).map((part) => part.replaceAll("\\*", "*"));
  if (parts.length === 1) return parts[0] === value;
  const escaped = parts.map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${escaped.join(".*")}$`, "s").test(value);
}

function compare(value: number, operator: Clause["operator"], limit: number): boolean {
  if (operator === ">") return value > limit;
  if (operator === ">=") return value >= limit;
  return operator === "<" ? value < limit : value <= limit;
}
