import { userNodeId } from "../../render/user.ts";
import { graphqlLogin } from "../../state/accounts/identity.ts";
import { fields, type ResolverTable } from "../resolver.ts";
import type { ActorSource } from "../sources.ts";

/** Actors: bots have no name, and their logins no `[bot]`. */
export const actorFields: ResolverTable = Object.assign(
  {},
  ...["User", "Bot", "Organization"].map((type) =>
    fields<ActorSource>(type, {
      id: ({ identity }) => userNodeId(identity),
      databaseId: ({ identity }) => identity.id,
      login: ({ identity }) => (type === "Bot" ? graphqlLogin(identity) : identity.login),
      url: ({ identity }, _, { world }) => `${world.serverUrl}/${graphqlLogin(identity)}`,
      avatarUrl: ({ identity }) => `https://avatars.githubusercontent.com/u/${identity.id}?v=4`,
      ...(type === "Bot" ? {} : { name: () => null }),
    }),
  ),
);
