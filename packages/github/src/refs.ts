import * as z from "zod";
import type { GitHub, RepositoryName } from "./client.ts";
import { readReply } from "./graphql.ts";
import type { MutationResult } from "./mutations.ts";
import { askFields, splitEvery } from "./repository-query.ts";

/** What a ref points to, with the message of its commit, and when that was made, in ISO 8601. */
export type RefState = {
  readonly name: string;
  readonly oid: string;
  readonly message: string;
  readonly committedAt?: string;
};

/** What a ref is changed to. The update is fast-forward only: a commit that is no descendant is refused. */
export type RefChange = { readonly name: string; readonly oid: string };

const commitSchema = z.looseObject({
  oid: z.string(),
  message: z.string(),
  committedDate: z.string().optional(),
});
/** What our refs never point to. A commit without its message is none of these, but half an answer. */
const otherSchema = z
  .looseObject({ __typename: z.enum(["Blob", "Tag", "Tree"]), oid: z.string() })
  .transform(({ oid }) => ({ oid, message: "", committedDate: undefined }));
const refSchema = z.looseObject({ target: z.union([otherSchema, commitSchema]).nullable() }).nullable();

const REFS_PER_QUERY = 100;

/** Reads refs by full name, 100 a request; the ones that do not exist are absent from the map. */
export async function readRefs(
  github: GitHub,
  repository: RepositoryName,
  names: readonly string[],
): Promise<Map<string, RefState>> {
  const found = new Map<string, RefState>();
  for (const batch of splitEvery(names, REFS_PER_QUERY)) {
    const answer = await askFields(github, repository, { name: "Refs", ...composeRefs(batch) });
    for (const [index, name] of batch.entries()) {
      const state = readRef(answer, name, index);
      if (state) found.set(name, state);
    }
  }
  return found;
}

/** Fields, parameters and variables that ask for refs inside a `repository { … }` of any query. */
export const composeRefs = (names: readonly string[]) => ({
  fields: names.map(
    (_, index) =>
      `r${index}: ref(qualifiedName: $n${index}) { target { __typename oid ... on Commit { message committedDate } } }`,
  ),
  parameters: names.map((_, index) => `, $n${index}: String!`),
  variables: Object.fromEntries(names.map((name, index) => [`n${index}`, name])),
});

/** The answer to the ref that was asked for at `index`. */
export function readRef(
  repository: Readonly<Record<string, unknown>>,
  name: string,
  index: number,
): RefState | undefined {
  const target = readReply(refSchema, repository[`r${index}`] ?? null, `the ref ${name}`)?.target;
  if (!target) return undefined;
  const { oid, message, committedDate: committedAt } = target;
  return { name, oid, message, ...(committedAt === undefined ? {} : { committedAt }) };
}

/**
 * Makes a commit that carries facts in its message: the tree of `parent`'s base, so that it changes no file.
 * Creating the same commit twice is harmless: until a ref names it, it means nothing.
 */
export async function createFactCommit(
  github: GitHub,
  repository: RepositoryName,
  commit: { readonly message: string; readonly tree: string; readonly parents: readonly string[] },
): Promise<string> {
  const reply = await github.request("POST /repos/{owner}/{repo}/git/commits", {
    ...repository,
    message: commit.message,
    tree: commit.tree,
    parents: [...commit.parents],
  });
  return readReply(z.object({ sha: z.string() }), reply.data, "POST a commit").sha;
}

/** Creates refs, each on its own: one that exists is `refused` and leaves the others untouched. */
export async function createRefs(
  github: GitHub,
  repositoryNodeId: string,
  refs: readonly RefChange[],
): Promise<MutationResult[]> {
  return github.mutate(
    refs.map(({ name, oid }) => ({
      field: "createRef",
      input: { repositoryId: repositoryNodeId, name, oid },
      select: "ref { id }",
    })),
  );
}

/** Fast-forwards refs, each in its own mutation, because one `updateRefs` is all or nothing. */
export async function fastForwardRefs(
  github: GitHub,
  repositoryNodeId: string,
  refs: readonly (RefChange & { readonly from: string })[],
): Promise<MutationResult[]> {
  return github.mutate(
    refs.map(({ name, oid, from }) => ({
      field: "updateRefs",
      input: {
        repositoryId: repositoryNodeId,
        refUpdates: [{ name, beforeOid: from, afterOid: oid, force: false }],
      },
      select: "clientMutationId",
    })),
  );
}
