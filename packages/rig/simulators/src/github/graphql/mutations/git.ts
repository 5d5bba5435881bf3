import { requirePermission, requireReach } from "../../state/accounts/tokens.ts";
import { commitFiles } from "../../state/code/commits.ts";
import { createRef, dropRef, type RefUpdate, updateRef, updateRefs } from "../../state/code/refs.ts";
import { GitHubRefusal, unprocessable } from "../../state/refusal.ts";
import { findNode } from "../nodes.ts";
import type { Arguments, ResolverContext, ResolverTable } from "../resolver.ts";
import { objectSource, refSource } from "../sources.ts";
import { contentsNeeds, mutations, subject } from "./mutation.ts";

export const gitMutations: ResolverTable = mutations({
  createRef: (input, context) => {
    const { scope, repository } = subject(context, input["repositoryId"], contentsNeeds, "R");
    try {
      return { ref: refSource(repository, createRef(scope, input["name"], input["oid"])) };
    } catch (error) {
      // GraphQL words this one differently from REST.
      if (!(error instanceof GitHubRefusal) || error.message !== "Reference already exists") throw error;
      throw unprocessable(`A ref named "${input["name"]}" already exists in the repository.`);
    }
  },
  updateRef: (input, context) => {
    const { scope, repository, key } = subject(context, input["refId"], contentsNeeds, "REF");
    return { ref: refSource(repository, updateRef(scope, key, input["oid"], input["force"] === true)) };
  },
  updateRefs: (input, context) => {
    const { scope } = subject(context, input["repositoryId"], contentsNeeds, "R");
    updateRefs(scope, input["refUpdates"] as RefUpdate[]);
    return {};
  },
  deleteRef: (input, context) => {
    const { scope, key } = subject(context, input["refId"], contentsNeeds, "REF");
    dropRef(scope, key);
    return {};
  },
  createCommitOnBranch: (input, context) => {
    const { repository, branch } = findBranch(input["branch"], context);
    requirePermission(context.token, contentsNeeds());
    const head = repository.git.refs.get(`refs/heads/${branch}`);
    const expected = input["expectedHeadOid"] as string;
    if (head === undefined) throw unprocessable(`Branch ${branch} does not exist.`);
    if (head !== expected) {
      throw unprocessable(`Expected branch to point to "${expected}" but it did not. Pull and try again.`);
    }
    const { headline, body } = input["message"];
    const hand = { actor: context.token.actor, token: context.token };
    const oid = commitFiles(
      { world: context.world, repository, hand },
      {
        branch,
        message: body == null || body === "" ? headline : `${headline}\n\n${body}`,
        files: readChanges(input["fileChanges"] ?? {}),
      },
    );
    return {
      commit: objectSource(repository, oid),
      ref: refSource(repository, { name: `refs/heads/${branch}`, oid }),
    };
  },
});

/** A branch is named by its ref's node id, or by repository and name. */
function findBranch(branch: Arguments, context: ResolverContext) {
  if (branch["id"] != null) {
    const { repository, key } = findNode(context, branch["id"], "REF");
    return { repository, branch: key.replace(/^refs\/heads\//, "") };
  }
  const fullName = String(branch["repositoryNameWithOwner"]);
  requireReach(context.token, fullName);
  const name = String(branch["branchName"]).replace(/^refs\/heads\//, "");
  return { repository: context.world.repository(fullName), branch: name };
}

function readChanges(changes: Arguments): Record<string, Buffer | null> {
  const additions = (changes["additions"] ?? []) as { path: string; contents: string }[];
  const deletions = (changes["deletions"] ?? []) as { path: string }[];
  return Object.fromEntries([
    ...deletions.map(({ path }) => [path, null] as const),
    ...additions.map(({ path, contents }) => [path, Buffer.from(contents, "base64")] as const),
  ]);
}
