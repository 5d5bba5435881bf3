import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from "graphql";
import { GitHubRefusal } from "../state/refusal.ts";

/** What a query costs in points, and how many nodes it may return. */
export type Cost = { readonly points: number; readonly nodes: number };

/** The connections of a document, read once; what they cost depends on the variables. */
export type CostPlan = readonly PlannedConnection[];

type PlannedConnection = {
  readonly name: string;
  /** A number of items, or the variable that holds it; absent where only a count is asked for. */
  readonly bound: number | string | undefined;
  readonly below: CostPlan;
};

const MOST_NODES = 500_000;
const MOST_ITEMS = 100;

/** @throws Refusal where a connection's items are asked for without a bound. */
export function planCost(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): CostPlan {
  const fragments = new Map(
    document.definitions.flatMap((node): [string, FragmentDefinitionNode][] =>
      node.kind === "FragmentDefinition" ? [[node.name.value, node]] : [],
    ),
  );
  const planSet = (set: SelectionSetNode | undefined, parent: GraphQLNamedType | undefined): CostPlan =>
    (set?.selections ?? []).flatMap((selection) => {
      if (selection.kind === "Field") return planField(selection, parent);
      const part = selection.kind === "InlineFragment" ? selection : fragments.get(selection.name.value);
      const type = part?.typeCondition === undefined ? parent : schema.getType(part.typeCondition.name.value);
      return planSet(part?.selectionSet, type);
    });
  const planField = (field: FieldNode, parent: GraphQLNamedType | undefined): CostPlan => {
    const known =
      parent !== undefined && "getFields" in parent ? parent.getFields()[field.name.value] : undefined;
    const type = known === undefined ? undefined : getNamedType(known.type);
    const below = planSet(field.selectionSet, type);
    if (!/Connection$/.test(type?.name ?? "")) return below;
    return [{ name: field.name.value, bound: readBound(field), below }];
  };
  return planSet(operation.selectionSet, schema.getRootType(operation.operation) ?? undefined);
}

/**
 * Counts what a document asks for, by GitHub's published rule: each connection is one request for every node that
 * its parents may return; points are those requests divided by 100, at least 1.
 * @throws Refusal where a bound is not 0 to 100, or the nodes are too many.
 */
export function countCost(plan: CostPlan, variables: Readonly<Record<string, unknown>>): Cost {
  const total = { requests: 0, nodes: 0 };
  const count = (connections: CostPlan, parents: number): void => {
    for (const { name, bound, below } of connections) {
      const size =
        bound === undefined
          ? 0
          : checkSize(name, Number(typeof bound === "string" ? variables[bound] : bound));
      total.requests += parents;
      total.nodes += parents * size;
      count(below, parents * size);
    }
  };
  count(plan, 1);
  if (total.nodes > MOST_NODES) {
    throw refusal(
      `This query requests up to ${total.nodes} possible nodes, which exceeds the maximum limit of ${MOST_NODES}.`,
    );
  }
  return { points: Math.max(1, Math.round(total.requests / 100)), nodes: total.nodes };
}

function readBound(field: FieldNode): number | string | undefined {
  const argument = field.arguments?.find(
    ({ name }) => name.value === "first" || name.value === "last",
  )?.value;
  if (argument?.kind === "Variable") return argument.name.value;
  if (argument?.kind === "IntValue") return Number(argument.value);
  const isCount = field.selectionSet?.selections.every(
    (selection) => selection.kind === "Field" && !["nodes", "edges"].includes(selection.name.value),
  );
  if (isCount === true) return undefined;
  throw refusal(
    `You must provide a \`first\` or \`last\` value to properly paginate the \`${field.name.value}\` connection.`,
  );
}

function checkSize(name: string, size: number): number {
  if (size >= 0 && size <= MOST_ITEMS) return size;
  throw refusal(
    `Requesting ${size} records on the \`${name}\` connection exceeds the \`first\` limit of ${MOST_ITEMS} records.`,
  );
}

function refusal(message: string): GitHubRefusal {
  return new GitHubRefusal("UNPROCESSABLE", message);
}
