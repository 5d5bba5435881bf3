import * as z from "zod";
import type { GitHub, QueryManner, RepositoryName } from "./client.ts";

/** The name of a label, in small letters: GitHub keeps its spelling and compares it in any. */
export const labelName = z.string().toLowerCase();

/** A connection of which only the nodes are asked for. */
export const nodes = <S extends z.ZodType>(schema: S) => z.looseObject({ nodes: z.array(schema) });

/** A page of a connection, and where the next one begins. */
export const page = <S extends z.ZodType>(schema: S) =>
  nodes(schema).extend({
    pageInfo: z.looseObject({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
  });

/** The reply to a query of one repository. */
export const repositoryReply = <S extends z.ZodRawShape>(fields: S) =>
  z.looseObject({ repository: z.looseObject(fields) });

/** The newest commit of a branch. */
export const headSchema = z.looseObject({
  name: z.string(),
  target: z.looseObject({ oid: z.string(), tree: z.looseObject({ oid: z.string() }) }).nullable(),
});

const anyFields = z.looseObject({ repository: z.record(z.string(), z.unknown()) });

/**
 * Asks a repository for fields, each under its own alias.
 * @param question.parameters of the query, each as `, $name: Type`
 * @returns what was answered, by alias
 */
export async function askFields(
  github: GitHub,
  repository: RepositoryName,
  question: {
    /** What failures call it. */
    readonly name: string;
    readonly fields: readonly string[];
    readonly parameters?: readonly string[];
    readonly variables?: Readonly<Record<string, unknown>>;
  } & QueryManner,
): Promise<Readonly<Record<string, unknown>>> {
  const { name, fields, parameters = [], variables, ...manner } = question;
  const document = `query ${name}($owner: String!, $repo: String!${parameters.join("")}) {
  repository(owner: $owner, name: $repo) {
    ${fields.join("\n    ")}
  }
}`;
  const reply = await github.query(document, { ...repository, ...variables }, anyFields, manner);
  return reply.repository;
}

/** Parts of a list, each of at most `size`. */
export const splitEvery = <T>(list: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(list.length / size) }, (_, index) =>
    list.slice(index * size, (index + 1) * size),
  );
