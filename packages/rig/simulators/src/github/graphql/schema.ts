import { buildSchema, type GraphQLSchema } from "graphql";

let building: Promise<GraphQLSchema> | undefined;

/** GitHub's official GraphQL schema, built once in a process and only when first asked for. */
export function loadSchema(): Promise<GraphQLSchema> {
  building ??= import("@octokit/graphql-schema").then(({ schema }) =>
    buildSchema(schema.idl, { assumeValidSDL: true, noLocation: true }),
  );
  return building;
}
