import type { TokenPermissions } from "../state/accounts/permissions.ts";
import { requirePermission } from "../state/accounts/tokens.ts";
import { decodeNodeId, type NodeKind } from "../state/node-id.ts";
import { notFound } from "../state/refusal.ts";
import type { Repository } from "../state/repository.ts";
import type { ResolverContext } from "./resolver.ts";
import {
  commentSource,
  deploymentSource,
  issueSource,
  labelSource,
  objectSource,
  refSource,
  repositorySource,
  reviewSource,
} from "./sources.ts";

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

const READ: Partial<Record<NodeKind, readonly TokenPermissions[]>> = {
  R: [{ metadata: "read" }],
  I: [{ issues: "read" }],
  PR: [{ pull_requests: "read" }],
  IC: [{ issues: "read" }, { pull_requests: "read" }],
  PRR: [{ pull_requests: "read" }],
  LA: [{ issues: "read" }, { pull_requests: "read" }],
  REF: [{ contents: "read" }],
  C: [{ contents: "read" }],
  T: [{ contents: "read" }],
  B: [{ contents: "read" }],
  DE: [{ deployments: "read" }],
};

/** What `node(id:)` answers. */
export function readNode(context: ResolverContext, id: string): unknown {
  const { kind, repository, key } = findNode(context, id);
  requirePermission(context.token, READ[kind] ?? [{ metadata: "read" }]);
  const source = findSource(context, kind, repository, key);
  if (source == null) throw notFound(`Could not resolve to a node with the global id of '${id}'`);
  return source;
}

function findSource({ view }: ResolverContext, kind: NodeKind, repository: Repository, key: string): unknown {
  const of = <T>(record: T | undefined, make: (repository: Repository, record: T) => unknown): unknown =>
    record === undefined ? null : make(repository, record);
  switch (kind) {
    case "R":
      return repositorySource(repository);
    case "I":
      return of(repository.issues.get(Number(key), view.version("issues")), issueSource);
    case "PR":
      return of(repository.issues.get(Number(key), view.version("pulls")), issueSource);
    case "IC":
      return of(repository.comments.get(Number(key), view.version("comments")), commentSource);
    case "PRR":
      return of(repository.reviews.get(Number(key), view.version("pulls")), reviewSource);
    case "LA":
      return of(repository.labels.get(Number(key), view.version("labels")), labelSource);
    case "DE":
      return of(repository.deployments.get(Number(key), view.version("deployments")), deploymentSource);
    case "REF": {
      const oid = repository.git.refs.get(key, view.version("refs"));
      return oid === undefined ? null : refSource(repository, { name: key, oid });
    }
    default:
      return objectSource(repository, key);
  }
}
