import { notFound } from "../../state/refusal.ts";
import { readNode } from "../nodes.ts";
import { fields, type ResolverTable, taking } from "../resolver.ts";
import { repositorySource } from "../sources.ts";

export const queryFields: ResolverTable = {
  ...fields("Query", {
    repository: taking(["owner", "name"], (_, { owner, name }, { world, token }) => {
      const fullName = `${owner}/${name}`.toLowerCase();
      const repository = world.repositories.get(fullName);
      const reaches = [...token.repositories].some((reached) => reached.toLowerCase() === fullName);
      if (repository !== undefined && reaches) return repositorySource(repository);
      throw notFound(`Could not resolve to a Repository with the name '${owner}/${name}'.`);
    }),
    node: taking(["id"], (_, { id }, context) => readNode(context, id)),
    nodes: taking(["ids"], (_, { ids }, context) => ids.map((id: string) => readNode(context, id))),
  }),
};
