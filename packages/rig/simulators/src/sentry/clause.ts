import { SentryRefusal, SentryViolation } from "./refusal.ts";

/** One condition of Sentry's search: `key:value`, `!key:value`, `key:[a,b]`, `key:>=value`; free text has no key. */
export type Clause = {
  readonly key: string | null;
  readonly negated: boolean;
  readonly operator: "" | ">" | ">=" | "<" | "<=";
  readonly values: readonly string[];
};

const CLAUSE =
  /(!)?([\w.]+):(>=|<=|>|<)?(\[(?:"(?:[^"\\]|\\.)*"|[^\]"])*\]|"(?:[^"\\]|\\.)*"|\S+)|("(?:[^"\\]|\\.)*"|\S+)/g;

/** Reads a search; conditions are joined by "and". */
export function parseSearch(query: string): readonly Clause[] {
  if (/\b(AND|OR)\b|[()]/.test(query.replaceAll(/"(?:[^"\\]|\\.)*"/g, ""))) {
    throw new SentryViolation(400, `The simulated Sentry does not read AND, OR and brackets in "${query}".`);
  }
  return [...query.matchAll(CLAUSE)].map(([, not, key, operator, value, free]) => ({
    key: key ?? null,
    negated: not === "!",
    operator: (operator ?? "") as Clause["operator"],
    values: readValues(value ?? free ?? ""),
  }));
}

function readValues(text: string): readonly string[] {
  if (!text.startsWith("[")) return [unquote(text)];
  const list = text.slice(1, -1).trim();
  if (list === "") throw new SentryRefusal(400, "Invalid list: it is empty.");
  const values = list.match(/"(?:[^"\\]|\\.)*"|[^,"\s][^,]*/g) ?? [];
  return values.map((value) => unquote(value.trim()));
}

function unquote(text: string): string {
  return text.startsWith('"') ? text.slice(1, -1).replaceAll('\\"', '"') : text;
}
