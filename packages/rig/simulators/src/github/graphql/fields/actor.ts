import { graphqlLogin } from "../../state/accounts/identity.ts";
import { fields, type ResolverTable } from "../resolver.ts";
import type { ActorSource } from "../sources.ts";

/** Actors: the logins of bots have no `[bot]`. */
export const actorFields: ResolverTable = {
  ...fields<ActorSource>("User", {
    databaseId: ({ identity }) => identity.id,
    login: ({ identity }) => identity.login,
  }),
  ...fields<ActorSource>("Organization", { login: ({ identity }) => identity.login }),
  ...fields<ActorSource>("Bot", {
    databaseId: ({ identity }) => identity.id,
    login: ({ identity }) => graphqlLogin(identity),
  }),
};
