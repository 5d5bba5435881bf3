import type createParser from "@posthog/hogql-parser";
import { type Column, type HogqlExpression, type HogqlOrder, HogqlRefusal, type Select } from "./ast.ts";

/** PostHog cuts a result without LIMIT at 100 rows, and refuses more than 50,000. */
const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 50_000;

type Node = { readonly node: string; readonly [key: string]: unknown };

let parser: ReturnType<typeof createParser> | undefined;
/** Trees as JSON, by their query: the parser takes a tenth of a second for a long one. */
const trees = new Map<string, string>();
const MOST_TREES = 100;

async function parseQuery(query: string): Promise<string> {
  const known = trees.get(query);
  if (known !== undefined) return known;
  parser ??= import("@posthog/hogql-parser").then((module) => module.default());
  const tree = (await parser).parseSelect(query, true);
  if (trees.size >= MOST_TREES) trees.clear();
  trees.set(query, tree);
  return tree;
}

/**
 * Reads a SELECT with PostHog's own parser, fills in its placeholders and refuses every clause that is not mapped.
 * @param values the query's `values`: placeholders become constants, as PostHog does it.
 */
export async function readSelect(query: string, values: Readonly<Record<string, unknown>>): Promise<Select> {
  const tree = JSON.parse(await parseQuery(query)) as Node & {
    error?: true;
    message?: string;
  };
  if (tree.error) throw new HogqlRefusal(tree.message ?? "The query cannot be parsed.");
  if (tree.node !== "SelectQuery") throw new HogqlRefusal(`${tree.node} is not mapped.`);
  refuseClauses(tree);
  requireEvents(tree["select_from"] as Node | undefined);
  const fill = (node: Node): HogqlExpression => fillPlaceholders(node, values);
  return {
    columns: nodes(tree, "select").map((node) => readColumn(node, fill)),
    where: tree["where"] ? fill(tree["where"] as Node) : undefined,
    groupBy: nodes(tree, "group_by").map(fill),
    orderBy: nodes(tree, "order_by").map((node) => readOrder(node, fill)),
    limit: readLimit(tree),
  };
}

const MAPPED = new Set(["node", "select", "select_from", "where", "group_by", "order_by", "limit"]);

function refuseClauses(tree: Node): void {
  const clause = Object.keys(tree).find(
    (key) => !MAPPED.has(key) && tree[key] !== null && tree[key] !== false,
  );
  if (clause) throw new HogqlRefusal(`The clause "${clause}" is not mapped.`);
}

function requireEvents(from: Node | undefined): void {
  const table = from?.["table"] as { chain?: unknown[] } | undefined;
  if (table?.chain?.join(".") !== "events") throw new HogqlRefusal("Only the table events is mapped.");
  const extra = ["next_join", "sample", "table_final", "constraint"].find((key) => from?.[key]);
  if (extra) throw new HogqlRefusal(`"${extra}" of a table is not mapped.`);
}

const nodes = (tree: Node, key: string): readonly Node[] => (tree[key] as readonly Node[] | null) ?? [];

function readColumn(node: Node, fill: (node: Node) => HogqlExpression): Column {
  if (node.node === "Alias") return { name: String(node["alias"]), expression: fill(node["expr"] as Node) };
  const expression = fill(node);
  if (expression.node === "Field") return { name: expression.chain.join("."), expression };
  throw new HogqlRefusal("Give every computed column a name with AS.");
}

function readOrder(node: Node, fill: (node: Node) => HogqlExpression): HogqlOrder {
  return { by: fill(node["expr"] as Node), descending: node["order"] === "DESC" };
}

function readLimit(tree: Node): number {
  if (!tree["limit"]) return DEFAULT_LIMIT;
  const { node, value } = tree["limit"] as { node: string; value?: unknown };
  if (node !== "Constant" || !Number.isInteger(value)) throw new HogqlRefusal("LIMIT must be a number.");
  return Math.min(Number(value), MAX_LIMIT);
}

const LEAVES = new Set(["Field", "Constant"]);
const WITH_SIDES = new Set(["CompareOperation", "ArithmeticOperation"]);
const WITH_LIST = new Set(["And", "Or", "Array", "Tuple"]);

function fillPlaceholders(node: Node, values: Readonly<Record<string, unknown>>): HogqlExpression {
  const fill = (child: unknown): HogqlExpression => fillPlaceholders(child as Node, values);
  if (LEAVES.has(node.node)) return node as unknown as HogqlExpression;
  if (node.node === "Placeholder") return fillConstant(placeholderName(node), values);
  if (WITH_SIDES.has(node.node))
    return { ...node, left: fill(node["left"]), right: fill(node["right"]) } as unknown as HogqlExpression;
  if (WITH_LIST.has(node.node))
    return { node: node.node, exprs: nodes(node, "exprs").map(fill) } as unknown as HogqlExpression;
  if (node.node !== "Call") throw new HogqlRefusal(`${node.node} is not mapped.`);
  const extra = ["distinct", "filter_expr", "order_by", "params"].find((key) => node[key]);
  if (extra) throw new HogqlRefusal(`"${extra}" of ${node["name"]}() is not mapped.`);
  return { node: "Call", name: String(node["name"]), args: nodes(node, "args").map(fill) };
}

function placeholderName(node: Node): string {
  const { node: kind, chain } = node["expr"] as { node: string; chain?: unknown[] };
  if (kind === "Field" && chain?.length === 1) return String(chain[0]);
  throw new HogqlRefusal("A placeholder must be a plain name.");
}

function fillConstant(name: string, values: Readonly<Record<string, unknown>>): HogqlExpression {
  if (!Object.hasOwn(values, name)) throw new HogqlRefusal(`Unresolved placeholder: {${name}}`);
  const value = values[name];
  if (!Array.isArray(value)) return constant(name, value);
  return { node: "Array", exprs: value.map((item) => constant(name, item)) };
}

function constant(name: string, value: unknown): HogqlExpression {
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean" || value === null)
    return { node: "Constant", value };
  throw new HogqlRefusal(`The value of {${name}} is neither text, number, truth value nor a list of them.`);
}
