import type { IngestedEvent } from "../ingest.ts";
import { type HogqlComparison, type HogqlExpression, HogqlRefusal } from "./ast.ts";

/** A value of HogQL. Instants are dates; a list appears only right of IN. */
export type HogqlValue = string | number | boolean | null | Date | readonly HogqlValue[];

/** Columns of the table `events`. */
const COLUMNS: Readonly<Record<string, (event: IngestedEvent) => HogqlValue>> = {
  event: ({ event }) => event,
  timestamp: ({ timestamp }) => new Date(timestamp),
  person_id: ({ personId }) => personId,
  distinct_id: ({ distinctId }) => distinctId,
};

/** Functions of one row. */
const FUNCTIONS: Readonly<Record<string, (args: readonly HogqlValue[]) => HogqlValue>> = {
  toDateTime: ([text, zone]) => toDateTime(text, zone),
  toUnixTimestamp: ([instant]) => Math.floor(requireInstant(instant) / 1_000),
  intDiv: ([left, right]) => Math.trunc(requireNumber(left) / requireNumber(right)),
};

/** Evaluates an expression over one event. */
export function evaluate(expression: HogqlExpression, event: IngestedEvent): HogqlValue {
  const value = (child: HogqlExpression): HogqlValue => evaluate(child, event);
  switch (expression.node) {
    case "Constant":
      return expression.value;
    case "Field":
      return readColumn(expression.chain, event);
    case "And":
      return expression.exprs.every((child) => isTrue(value(child)));
    case "Or":
      return expression.exprs.some((child) => isTrue(value(child)));
    case "Array":
    case "Tuple":
      return expression.exprs.map(value);
    case "CompareOperation":
      return compare(expression, value(expression.left), value(expression.right));
    case "ArithmeticOperation":
      return calculate(
        expression.op,
        requireNumber(value(expression.left)),
        requireNumber(value(expression.right)),
      );
    case "Call":
      return constants.get(expression) ?? call(expression, event);
    case "Placeholder":
      throw new HogqlRefusal("A placeholder was left unfilled.");
  }
}

/** Results of calls that are the same for every event, such as a window's edge; a query is read anew each time. */
const constants = new WeakMap<HogqlExpression, HogqlValue & object>();

function call(expression: Extract<HogqlExpression, { node: "Call" }>, event: IngestedEvent): HogqlValue {
  const result = findFunction(expression.name)(expression.args.map((child) => evaluate(child, event)));
  const isConstant = expression.args.every(({ node }) => node === "Constant");
  if (isConstant && result instanceof Date) constants.set(expression, result);
  return result;
}

export function isTrue(value: HogqlValue): boolean {
  if (typeof value === "boolean") return value;
  throw new HogqlRefusal("A condition must be a comparison.");
}

function readColumn(chain: readonly (string | number)[], event: IngestedEvent): HogqlValue {
  const name = chain.join(".");
  const column = Object.hasOwn(COLUMNS, name) ? COLUMNS[name] : undefined;
  if (column === undefined) throw new HogqlRefusal(`Unable to resolve field: ${name}`);
  return column(event);
}

function findFunction(name: string): (args: readonly HogqlValue[]) => HogqlValue {
  const found = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
  if (found === undefined) throw new HogqlRefusal(`The function ${name}() is not mapped.`);
  return found;
}

function compare({ op }: HogqlComparison, left: HogqlValue, right: HogqlValue): boolean {
  if (op === "in" || op === "not in") {
    if (!Array.isArray(right)) throw new HogqlRefusal("IN needs a list.");
    return right.some((item: HogqlValue) => compareValues(item, left) === 0) === (op === "in");
  }
  const rank = compareValues(left, right);
  switch (op) {
    case "==":
      return rank === 0;
    case "!=":
      return rank !== 0;
    case "<":
      return rank < 0;
    case "<=":
      return rank <= 0;
    case ">":
      return rank > 0;
    case ">=":
      return rank >= 0;
    default:
      throw new HogqlRefusal(`The comparison "${op}" is not mapped.`);
  }
}

/** Negative, zero or positive, as left is less than, equal to or greater than right. */
function compareValues(left: HogqlValue, right: HogqlValue): number {
  if (left instanceof Date && right instanceof Date) return left.getTime() - right.getTime();
  if (typeof left === "number" && typeof right === "number") return left - right;
  if (typeof left === "string" && typeof right === "string") return left < right ? -1 : left > right ? 1 : 0;
  if (left instanceof Date || right instanceof Date)
    throw new HogqlRefusal(
      "A timestamp is compared with something else: PostHog would read a text in the project's time zone, so wrap it in toDateTime(…, 'UTC').",
    );
  throw new HogqlRefusal("Values of different types are compared.");
}

function calculate(op: string, left: number, right: number): number {
  if (op === "+") return left + right;
  if (op === "-") return left - right;
  throw new HogqlRefusal(`The operation "${op}" is not mapped.`);
}

function toDateTime(text: HogqlValue | undefined, zone: HogqlValue | undefined): Date {
  if (zone !== "UTC")
    throw new HogqlRefusal("toDateTime() without 'UTC' reads the project's time zone; that is not mapped.");
  const form = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)$/.exec(String(text));
  if (!form) throw new HogqlRefusal(`toDateTime() cannot read "${String(text)}"; write 2026-11-21 07:00:00.`);
  return new Date(`${form[1]}T${form[2]}Z`);
}

function requireInstant(value: HogqlValue | undefined): number {
  if (value instanceof Date) return value.getTime();
  throw new HogqlRefusal("toUnixTimestamp() needs a timestamp.");
}

function requireNumber(value: HogqlValue | undefined): number {
  if (typeof value === "number") return value;
  throw new HogqlRefusal("A calculation needs numbers.");
}
