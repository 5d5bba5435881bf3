import { requirePermission } from "../state/accounts/tokens.ts";
import { findCheck } from "../state/actions/checks.ts";
import { decodeNodeId, type NodeKind } from "../state/node-id.ts";
import { NotSimulated, notFound } from "../state/refusal.ts";
import type { Repository } from "../state/repository.ts";
import type { ResolverContext } from "./resolver.ts";
import { commentSource, issueSource, reviewSource } from "./sources.ts";

/** An object by its node id, with the repository that it lives in. */
export type FoundNode = {
  readonly kind: NodeKind;
  readonly repository: Repository;
  readonly key: string;
};

/** @throws Refusal NOT_FOUND for an id that names nothing the token reaches. */
export function findNode({ world, token }: ResolverContext, id: string, ...kinds: NodeKind[]): FoundNode {
  const reference = decodeNodeId(id);
  const repository = reference === undefined ? undefined : world.repositoryById(reference.repositoryId);
  const refusal = notFound(`Could not resolve to a node with the global id of '${id}'`);
  if (reference === undefined || repository === undefined) throw refusal;
  if (kinds.length > 0 && !kinds.includes(reference.kind)) throw refusal;
  const reaches = [...token.repositories].some(
    (name) => name.toLowerCase() === repository.fullName.toLowerCase(),
  );
  if (!reaches) throw refusal;
  return { kind: reference.kind, repository, key: reference.key };
}

/** What `node(id:)` answers: issues, comments, reviews and check runs. */
export function readNode(context: ResolverContext, id: string): unknown {
  const { kind, repository, key } = findNode(context, id);
  const { token, view } = context;
  const missing = notFound(`Could not resolve to a node with the global id of '${id}'`);
  switch (kind) {
    case "IC": {
      requirePermission(token, [{ issues: "read" }, { pull_requests: "read" }]);
      const comment = repository.comments.get(Number(key), view.version("comments"));
      if (comment === undefined) throw missing;
      return commentSource(repository, comment);
    }
    case "I": {
      requirePermission(token, [{ issues: "read" }]);
      const issue = repository.issues.get(Number(key), view.version("issues"));
      if (issue === undefined) throw missing;
      return issueSource(repository, issue);
    }
    case "PRR": {
      requirePermission(token, [{ pull_requests: "read" }]);
      const review = repository.reviews.get(Number(key), view.version("pulls"));
      if (review === undefined) throw missing;
      return reviewSource(repository, review);
    }
    case "CR": {
      requirePermission(token, [{ checks: "read" }]);
      const check = findCheck(repository, key, view.version("runs"));
      if (check === undefined) throw missing;
      return check;
    }
    default:
      throw new NotSimulated(`node of kind ${kind} is not simulated.`);
  }
}
