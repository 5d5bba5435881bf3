import { notFound } from "../../state/refusal.ts";
import { readNode } from "../nodes.ts";
import { fields, type ResolverTable, taking } from "../resolver.ts";
import { actorSource, repositorySource } from "../sources.ts";

export const queryFields: ResolverTable = {
  ...fields("Query", {
    repository: taking(["owner", "name", "followRenames"], (_, { owner, name }, { world, token }) => {
      const fullName = `${owner}/${name}`.toLowerCase();
      const repository = world.repositories.get(fullName);
      const reaches = [...token.repositories].some((reached) => reached.toLowerCase() === fullName);
      if (repository !== undefined && reaches) return repositorySource(repository);
      throw notFound(`Could not resolve to a Repository with the name '${owner}/${name}'.`);
    }),
    node: taking(["id"], (_, { id }, context) => readNode(context, id)),
    nodes: taking(["ids"], (_, { ids }, context) => ids.map((id: string) => readNode(context, id))),
    // GitHub answers a bot here as a User whose login keeps its `[bot]`.
    viewer: (_, __, { token }) => ({ __typename: "User", identity: token.actor }),
    user: taking(["login"], (_, { login }, { world }) => {
      const identity = world.identity(login);
      if (identity?.type === "User") return actorSource(identity);
      throw notFound(`Could not resolve to a User with the login of '${login}'.`);
    }),
    rateLimit: taking(["dryRun"], (_, __, { cost, rate }) => ({
      cost: cost.points,
      nodeCount: cost.nodes,
      limit: rate.limit,
      used: rate.used,
      remaining: rate.remaining,
      resetAt: `${new Date(rate.reset * 1000).toISOString().slice(0, 19)}Z`,
    })),
  }),
};
