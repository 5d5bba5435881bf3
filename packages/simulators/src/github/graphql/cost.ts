import {
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
  getNamedType,
  type OperationDefinitionNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from "graphql";
import { Refusal } from "../state/refusal.ts";

/** What a query costs in points, and how many nodes it may return. */
export type Cost = { readonly points: number; readonly nodes: number };

const MOST_NODES = 500_000;
const MOST_ITEMS = 100;

/**
 * Counts what a document asks for, by GitHub's published rule: each connection is one request for every node that
 * its parents may return; points are those requests divided by 100, at least 1.
 * @throws Refusal where a connection's items have no bound, a bound is not 1 to 100, or the nodes are too many.
 */
export function costOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): Cost {
  const types = new TypeInfo(schema);
  const sizes: number[] = [];
  const total = { requests: 0, nodes: 0 };
  const multiplier = (): number => sizes.reduce((product, size) => product * size, 1);
  const fragments = new Map(
    document.definitions.flatMap((node) =>
      node.kind === "FragmentDefinition" ? [[node.name.value, node]] : [],
    ),
  );
  const measure = (node: Parameters<typeof visit>[0]): void => {
    visit(
      node,
      visitWithTypeInfo(types, {
        Field: {
          enter: (field) => {
            const size = isConnection(types) ? sizeOf(field, variables) : 1;
            if (isConnection(types)) {
              total.requests += multiplier();
              total.nodes += multiplier() * size;
            }
            sizes.push(size);
          },
          leave: () => void sizes.pop(),
        },
        FragmentSpread: (spread) => {
          const fragment = fragments.get(spread.name.value);
          if (fragment !== undefined) measure(fragment);
        },
      }),
    );
  };
  measure(operation);
  if (total.nodes > MOST_NODES) {
    throw new Refusal(
      "UNPROCESSABLE",
      `This query requests up to ${total.nodes} possible nodes, which exceeds the maximum limit of ${MOST_NODES}.`,
    );
  }
  return { points: Math.max(1, Math.round(total.requests / 100)), nodes: total.nodes };
}

function isConnection(types: TypeInfo): boolean {
  return /Connection$/.test(getNamedType(types.getType())?.name ?? "");
}

/** How many items a connection may return. Only counting them needs no bound. */
function sizeOf(field: FieldNode, variables: Readonly<Record<string, unknown>>): number {
  const bound = field.arguments?.find(({ name }) => name.value === "first" || name.value === "last")?.value;
  const value =
    bound?.kind === "Variable"
      ? variables[bound.name.value]
      : bound?.kind === "IntValue"
        ? bound.value
        : undefined;
  const name = field.name.value;
  if (value == null) {
    const isCount = field.selectionSet?.selections.every(
      (selection) => selection.kind === "Field" && !["nodes", "edges"].includes(selection.name.value),
    );
    if (isCount === true) return 1;
    throw new Refusal(
      "UNPROCESSABLE",
      `You must provide a \`first\` or \`last\` value to properly paginate the \`${name}\` connection.`,
    );
  }
  const size = Number(value);
  if (size >= 0 && size <= MOST_ITEMS) return size;
  throw new Refusal(
    "UNPROCESSABLE",
    `Requesting ${size} records on the \`${name}\` connection exceeds the \`first\` limit of ${MOST_ITEMS} records.`,
  );
}
