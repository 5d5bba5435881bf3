import type { TokenPermissions } from "../../state/accounts/permissions.ts";
import { requirePermission } from "../../state/accounts/tokens.ts";
import type { NodeKind } from "../../state/node-id.ts";
import type { WriteScope } from "../../state/scope.ts";
import { type FoundNode, findNode } from "../nodes.ts";
import { type Arguments, fields, type ResolverContext, type ResolverTable, taking } from "../resolver.ts";

/** How one mutation is done: it takes its `input` and gives the payload, without `clientMutationId`. */
export type Mutate = (input: Arguments, context: ResolverContext) => object;

/** Mutations by name. Each is one write of its own, so one that fails leaves the others standing. */
export function mutations(table: Readonly<Record<string, Mutate>>): ResolverTable {
  return fields(
    "Mutation",
    Object.fromEntries(
      Object.entries(table).map(([name, mutate]) => [
        name,
        taking<unknown>(["input"], (_, { input }, context) => ({
          ...context.world.write(() => mutate(input, context)),
          clientMutationId: input["clientMutationId"] ?? null,
        })),
      ]),
    ),
  );
}

/** Finds what a mutation writes to, and checks that the token may: by one of several permissions if there are any. */
export function subject(
  context: ResolverContext,
  id: string,
  needs: TokenPermissions | readonly TokenPermissions[],
  ...kinds: NodeKind[]
): FoundNode & { readonly scope: WriteScope } {
  const node = findNode(context, id, ...kinds);
  requirePermission(context.token, Array.isArray(needs) ? needs : [needs]);
  const { world, token } = context;
  return { ...node, scope: { world, repository: node.repository, hand: { actor: token.actor, token } } };
}
