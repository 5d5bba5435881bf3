import { type Clause, parseSearch } from "./clause.ts";
import { SentryRefusal, SentryViolation } from "./refusal.ts";

/** A search with AND, OR and parentheses; clauses side by side are joined by "and". */
export type SearchExpression =
  | { readonly kind: "clause"; readonly clause: Clause }
  | { readonly kind: "and" | "or"; readonly parts: readonly SearchExpression[] };

const TOKEN =
  /\s*(\(|\)|(?:AND|OR)(?=[\s()]|$)|!?[\w.]+:(?:>=|<=|>|<)?(?:\[[^\]]*\]|"(?:[^"\\]|\\.)*"|[^\s()"]+)(?=[\s()]|$))/y;

/** Reads a search of Explore. "AND" binds closer than "OR". @throws where a word has no key or a parenthesis no other */
export function parseSearchExpression(query: string): SearchExpression {
  const tokens = splitTokens(query);
  if (tokens.length === 0) return { kind: "and", parts: [] };
  const expression = readOr(tokens);
  if (tokens.length > 0) throw new SentryRefusal(400, `Parse error: unexpected "${tokens[0]}"`);
  return expression;
}

function splitTokens(query: string): string[] {
  const tokens: string[] = [];
  const text = query.trimEnd();
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const from = TOKEN.lastIndex;
    const [, token] = TOKEN.exec(text) ?? [];
    if (token === undefined)
      throw new SentryViolation(
        400,
        `The simulated Sentry cannot read this search from "${text.slice(from)}" on.`,
      );
    tokens.push(token);
  }
  return tokens;
}

function readOr(tokens: string[]): SearchExpression {
  const parts = [readAnd(tokens)];
  while (tokens[0] === "OR") {
    tokens.shift();
    parts.push(readAnd(tokens));
  }
  return { kind: "or", parts };
}

function readAnd(tokens: string[]): SearchExpression {
  const parts = [readOne(tokens)];
  while (tokens.length > 0 && tokens[0] !== "OR" && tokens[0] !== ")") {
    if (tokens[0] === "AND") tokens.shift();
    parts.push(readOne(tokens));
  }
  return { kind: "and", parts };
}

function readOne(tokens: string[]): SearchExpression {
  const token = tokens.shift();
  if (token === "(") {
    const inner = readOr(tokens);
    if (tokens.shift() !== ")") throw new SentryRefusal(400, "Parse error: a parenthesis is not closed");
    return inner;
  }
  const isClause = token !== undefined && ![")", "AND", "OR"].includes(token);
  const [clause] = isClause ? parseSearch(token) : [];
  if (clause === undefined) throw new SentryRefusal(400, `Parse error: unexpected "${token ?? "end"}"`);
  return { kind: "clause", clause };
}
