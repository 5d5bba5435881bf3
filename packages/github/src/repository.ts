import { HttpFailure, readIfThere } from "@patchpilot/http";
import * as z from "zod";
import type { GitHub, RepositoryName } from "./client.ts";
import { readReply } from "./graphql.ts";
import { headSchema, repositoryReply } from "./repository-query.ts";

/** The head of a branch: where a claim's base and a worker's checkout begin. */
export type BranchHead = {
  readonly repositoryNodeId: string;
  readonly repositoryId: number;
  readonly branch: string;
  readonly oid: string;
  readonly tree: string;
};

const branchReply = repositoryReply({
  id: z.string(),
  databaseId: z.number(),
  defaultBranchRef: headSchema.nullish(),
  ref: headSchema.nullish(),
});
const HEAD = `query BranchHead($owner: String!, $repo: String!, $ref: String!, $named: Boolean!) {
  repository(owner: $owner, name: $repo) {
    id
    databaseId
    defaultBranchRef @skip(if: $named) { name target { oid ... on Commit { tree { oid } } } }
    ref(qualifiedName: $ref) @include(if: $named) { name target { oid ... on Commit { tree { oid } } } }
  }
}`;

/**
 * Reads the head of a branch; without a name, of the default branch.
 * @throws Error with a sentence for an empty repository or a branch that does not exist.
 */
export async function readBranchHead(
  github: GitHub,
  repository: RepositoryName,
  branch?: string,
): Promise<BranchHead> {
  const variables = { ...repository, ref: `refs/heads/${branch ?? ""}`, named: branch !== undefined };
  const { repository: found } = await github.query(HEAD, variables, branchReply);
  const head = found.ref ?? found.defaultBranchRef;
  if (!head?.target)
    throw new Error(
      `GitHub shows no branch ${branch ?? "at all"} of ${repository.owner}/${repository.repo}. Check the name, and that the token may read it (\`contents: read\`).`,
    );
  return {
    repositoryNodeId: found.id,
    repositoryId: found.databaseId,
    branch: head.name,
    oid: head.target.oid,
    tree: head.target.tree.oid,
  };
}

/** Text of a file on the default branch; undefined where it does not exist or may not be read. */
export async function readFile(
  github: GitHub,
  repository: RepositoryName,
  path: string,
): Promise<string | undefined> {
  try {
    const reply = await github.request("GET /repos/{owner}/{repo}/contents/{path}", {
      ...repository,
      path,
      mediaType: { format: "raw" },
    });
    return typeof reply.data === "string" ? reply.data : undefined;
  } catch (error) {
    if (error instanceof HttpFailure && ["not-found", "forbidden"].includes(error.kind)) return undefined;
    throw error;
  }
}

/** What a person may do in a repository: `admin`, `write`, `read` or `none`. */
export async function readPermission(
  github: GitHub,
  repository: RepositoryName,
  login: string,
): Promise<string> {
  const place = { ...repository, username: login };
  const reply = await readIfThere(() =>
    github.request("GET /repos/{owner}/{repo}/collaborators/{username}/permission", place),
  );
  if (reply === undefined) return "none";
  return readReply(z.object({ permission: z.string() }), reply.data, "GET a permission").permission;
}
