import type { IngestedEvent } from "../ingest.ts";
import { type Column, type HogqlExpression, HogqlRefusal, isSameExpression, type Select } from "./ast.ts";
import { evaluate, type HogqlValue, isTrue } from "./evaluate.ts";

/** A result as PostHog gives it: rows are positional. */
export type ResultTable = {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
  readonly hasMore: boolean;
};

/** Folds of many events into one number; the last argument of an `…If` is its condition. */
const AGGREGATES: Readonly<
  Record<string, (args: readonly HogqlExpression[], events: readonly IngestedEvent[]) => number>
> = {
  count: (args, events) => {
    if (args.length > 0) throw new HogqlRefusal("count() with an argument is not mapped.");
    return events.length;
  },
  countIf: ([condition], events) => where(condition, events).length,
  uniq: ([subject], events) => unique(subject, events),
  uniqIf: ([subject, condition], events) => unique(subject, where(condition, events)),
};

/** Runs a SELECT over events: filter, group, aggregate, order, cut. */
export function runSelect(select: Select, events: readonly IngestedEvent[]): ResultTable {
  const groupBy = select.groupBy.map((key) => columnNamed(key, select.columns)?.expression ?? key);
  for (const { expression } of select.columns) requireGrouped(expression, groupBy);
  const found = select.where ? where(select.where, events) : events;
  const groups = Map.groupBy(found, (event) => JSON.stringify(groupBy.map((key) => evaluate(key, event))));
  // Without GROUP BY, an aggregate over nothing is still one row.
  if (groupBy.length === 0 && groups.size === 0) groups.set("[]", []);
  const rows = [...groups.values()].map((group) =>
    select.columns.map(({ expression }) => computeCell(expression, group)),
  );
  const ordered = order(rows, select);
  return {
    columns: select.columns.map(({ name }) => name),
    rows: ordered.slice(0, select.limit),
    hasMore: ordered.length > select.limit,
  };
}

/** A name in GROUP BY or ORDER BY may be the alias of a column. */
function columnNamed(expression: HogqlExpression, columns: readonly Column[]): Column | undefined {
  if (expression.node !== "Field") return undefined;
  return columns.find(({ name }) => name === expression.chain.join("."));
}

function requireGrouped(expression: HogqlExpression, groupBy: readonly HogqlExpression[]): void {
  if (findAggregate(expression) || groupBy.some((key) => isSameExpression(key, expression))) return;
  const what = expression.node === "Call" ? `${expression.name}()` : "A column";
  throw new HogqlRefusal(`${what} is neither a mapped aggregate function nor in GROUP BY.`);
}

function findAggregate(
  expression: HogqlExpression,
): ((events: readonly IngestedEvent[]) => number) | undefined {
  if (expression.node !== "Call" || !Object.hasOwn(AGGREGATES, expression.name)) return undefined;
  return (events) => AGGREGATES[expression.name]?.(expression.args, events) ?? 0;
}

function computeCell(expression: HogqlExpression, group: readonly IngestedEvent[]): string | number {
  const fold = findAggregate(expression);
  if (fold) return fold(group);
  const value = group[0] === undefined ? null : evaluate(expression, group[0]);
  if (typeof value === "string" || typeof value === "number") return value;
  throw new HogqlRefusal("A result column must be a text or a number.");
}

function order(rows: (string | number)[][], { orderBy, columns }: Select): (string | number)[][] {
  const keys = orderBy.map(({ by, descending }) => {
    const column = columnNamed(by, columns);
    if (!column) throw new HogqlRefusal("ORDER BY must name a column of the result.");
    return { index: columns.indexOf(column), sign: descending ? -1 : 1 };
  });
  return rows.toSorted((a, b) => {
    const decisive = keys.find(({ index }) => a[index] !== b[index]);
    if (!decisive) return 0;
    const [left, right] = [a[decisive.index] ?? "", b[decisive.index] ?? ""];
    return (left < right ? -1 : 1) * decisive.sign;
  });
}

function where(
  condition: HogqlExpression | undefined,
  events: readonly IngestedEvent[],
): readonly IngestedEvent[] {
  if (condition === undefined) throw new HogqlRefusal("A condition is missing.");
  return events.filter((event) => isTrue(evaluate(condition, event)));
}

function unique(subject: HogqlExpression | undefined, events: readonly IngestedEvent[]): number {
  if (subject === undefined) throw new HogqlRefusal("uniq() needs an argument.");
  return new Set(events.map((event) => keyOf(evaluate(subject, event)))).size;
}

const keyOf = (value: HogqlValue): string => JSON.stringify(value);
