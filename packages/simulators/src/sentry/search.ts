import { SentryRefusal, Violation } from "./refusal.ts";

/** One condition of Sentry's search: `key:value`, `!key:value`, `key:[a,b]`, `key:>=value`; free text has no key. */
export type Clause = {
  readonly key: string | null;
  readonly negated: boolean;
  readonly operator: "" | ">" | ">=" | "<" | "<=";
  readonly values: readonly string[];
};

const CLAUSE = /(!)?([\w.]+):(>=|<=|>|<)?(\[[^\]]*\]|"(?:[^"\\]|\\.)*"|\S+)|("(?:[^"\\]|\\.)*"|\S+)/g;

/** Reads a search; conditions are joined by "and". */
export function parseSearch(query: string): readonly Clause[] {
  if (/\b(AND|OR)\b|[()]/.test(query.replaceAll(/"(?:[^"\\]|\\.)*"/g, ""))) {
    throw new Violation(400, `The simulated Sentry does not read AND, OR and brackets in "${query}".`);
  }
  return [...query.matchAll(CLAUSE)].map(([, not, key, operator, value, free]) => ({
    key: key ?? null,
    negated: not === "!",
    operator: (operator ?? "") as Clause["operator"],
    values: valuesOf(value ?? free ?? ""),
  }));
}

function valuesOf(text: string): readonly string[] {
  if (!text.startsWith("[")) return [unquote(text)];
  const list = text.slice(1, -1).trim();
  if (list === "") throw new SentryRefusal(400, "Invalid list: it is empty.");
  return list.split(",").map((value) => unquote(value.trim()));
}

function unquote(text: string): string {
  return text.startsWith('"') ? text.slice(1, -1).replaceAll(/\\(.)/g, "$1") : text;
}

/** What a search may ask of a thing: key -> its value there. Numbers and instants can be compared. */
export type Readers<T> = Readonly<Record<string, (thing: T) => string | number | boolean | null>>;

/** Compiles a search to a predicate. `freeText` gives the text that words without a key are looked for in. */
export function compileSearch<T>(
  query: string,
  readers: Readers<T>,
  freeText?: (thing: T) => string,
): (thing: T) => boolean {
  const conditions = parseSearch(query).map((clause) => compileClause(clause, readers, freeText));
  return (thing) => conditions.every((condition) => condition(thing));
}

function compileClause<T>(
  { key, negated, operator, values }: Clause,
  readers: Readers<T>,
  freeText: ((thing: T) => string) | undefined,
): (thing: T) => boolean {
  const [first = ""] = values;
  if (key === null) {
    if (freeText === undefined) throw new Violation(400, `Free text "${first}" is not simulated here.`);
    return (thing) => freeText(thing).toLowerCase().includes(first.toLowerCase());
  }
  const read = Object.hasOwn(readers, key) ? readers[key] : undefined;
  if (read === undefined) throw new Violation(400, `The simulated Sentry knows no search key "${key}".`);
  if (operator === "") {
    return (thing) => values.some((value) => matches(value, String(read(thing) ?? ""))) !== negated;
  }
  const limit = Number.isNaN(Number(first)) ? Date.parse(first) : Number(first);
  return (thing) => compare(Number(read(thing)), operator, limit) !== negated;
}

/** Values may hold `*` for any text. */
function matches(pattern: string, value: string): boolean {
  if (!pattern.includes("*")) return pattern === value;
  const parts = pattern.split("*").map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`).test(value);
}

function compare(value: number, operator: Clause["operator"], limit: number): boolean {
  if (operator === ">") return value > limit;
  if (operator === ">=") return value >= limit;
  return operator === "<" ? value < limit : value <= limit;
}
