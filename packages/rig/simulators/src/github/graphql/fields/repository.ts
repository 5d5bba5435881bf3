import { findEntry } from "../../git/trees.ts";
import { repositoryNodeId } from "../../render/repository.ts";
import { pageUrl } from "../../render/urls.ts";
import { resolveCommit } from "../../state/code/refs.ts";
import { requireIssue } from "../../state/issues/issues.ts";
import { findLabel } from "../../state/issues/labels.ts";
import { notFound, unprocessable } from "../../state/refusal.ts";
import { connectSorted, PAGING } from "../connection.ts";
import {
  type Arguments,
  fields,
  needing,
  type ResolverContext,
  type ResolverTable,
  taking,
} from "../resolver.ts";
import {
  actorSource,
  deploymentSource,
  issueSource,
  labelSource,
  objectSource,
  type RepositorySource,
  refSource,
} from "../sources.ts";
import { issueList, pullList } from "./issue-lists.ts";
import { connectLabels } from "./label.ts";

const ISSUES = { issues: "read" } as const;
const PULLS = { pull_requests: "read" } as const;
const CONTENTS = { contents: "read" } as const;

export const repositoryFields: ResolverTable = fields<RepositorySource>("Repository", {
  id: ({ repository }) => repositoryNodeId(repository),
  databaseId: ({ repository }) => repository.id,
  name: ({ repository }) => repository.name,
  nameWithOwner: ({ repository }) => repository.fullName,
  owner: ({ repository }, _, { world }) => actorSource(world.identity(repository.owner) ?? null),
  url: ({ repository }, _, { world }) => pageUrl(world, repository),
  isPrivate: ({ repository }) => repository.private,
  isArchived: () => false,
  hasIssuesEnabled: () => true,
  visibility: ({ repository }) => (repository.private ? "PRIVATE" : "PUBLIC"),
  createdAt: ({ repository }) => repository.createdAt,
  viewerPermission: ({ repository }, _, { token }) =>
    repository.roles.get(token.actor.login.toLowerCase())?.toUpperCase() ?? "READ",
  defaultBranchRef: needing(CONTENTS, ({ repository }, _, context) =>
    refNamed({ repository }, `refs/heads/${repository.defaultBranch}`, context),
  ),
  ref: taking(["qualifiedName"], findRef, CONTENTS),
  refs: taking([...PAGING, "refPrefix", "query", "orderBy", "direction"], refs, CONTENTS),
  object: taking(["oid", "expression"], object, CONTENTS),
  issue: taking(
    ["number"],
    (source, { number }, context) => numbered(source, number, context, "an Issue"),
    ISSUES,
  ),
  issueOrPullRequest: taking(
    ["number"],
    (source, { number }, context) => numbered(source, number, context, "an issue or pull request"),
    ISSUES,
  ),
  pullRequest: taking(
    ["number"],
    (source, { number }, context) => numbered(source, number, context, "a PullRequest"),
    PULLS,
  ),
  issues: taking([...PAGING, "states", "labels", "filterBy", "orderBy"], issueList, ISSUES),
  pullRequests: taking(
    [...PAGING, "states", "labels", "headRefName", "baseRefName", "orderBy"],
    pullList,
    PULLS,
  ),
  label: taking(
    ["name"],
    ({ repository }, { name }, { view }) => {
      const label = findLabel(repository, name, view.version("labels"));
      return label === undefined ? null : labelSource(repository, label);
    },
    ISSUES,
    PULLS,
  ),
  labels: taking([...PAGING, "query", "orderBy"], labels, ISSUES, PULLS),
  deployments: taking([...PAGING, "environments", "orderBy"], deployments, { deployments: "read" }),
  collaborators: taking([...PAGING, "query", "login"], collaborators),
});

type Source = Pick<RepositorySource, "repository">;

/** `issue` never answers with a pull request, nor `pullRequest` with an issue. */
function numbered({ repository }: Source, number: number, { view }: ResolverContext, what: string): unknown {
  const version = view.version(what === "a PullRequest" ? "pulls" : "issues");
  const issue = repository.issues.get(number, version);
  const wrong =
    (what === "an Issue" && issue?.pull != null) || (what === "a PullRequest" && issue?.pull === null);
  if (issue !== undefined && !wrong)
    return issueSource(repository, requireIssue(repository, number, version));
  throw notFound(`Could not resolve to ${what} with the number of ${number}.`);
}

function refNamed({ repository }: Source, name: string, { view }: ResolverContext): unknown {
  const oid = repository.git.refs.get(name, view.version("refs"));
  return oid === undefined ? null : refSource(repository, { name, oid });
}

function findRef(source: Source, { qualifiedName }: Arguments, context: ResolverContext): unknown {
  if (qualifiedName.startsWith("refs/")) return refNamed(source, qualifiedName, context);
  return (
    refNamed(source, `refs/heads/${qualifiedName}`, context) ??
    refNamed(source, `refs/tags/${qualifiedName}`, context)
  );
}

function refs({ repository }: Source, args: Arguments, { view }: ResolverContext): unknown {
  const prefix = args["refPrefix"] as string;
  if (!prefix.startsWith("refs/") || !prefix.endsWith("/")) {
    throw unprocessable(`refPrefix must start with refs/ and end with a slash: ${prefix}`);
  }
  const query = args["query"] as string | null | undefined;
  const found = repository.git.refs
    .list(prefix, view.version("refs"))
    .filter(({ name }) => query == null || name.slice(prefix.length).includes(query));
  // As the schema says: "by underlying commit date if the ref prefix is refs/tags/".
  const byDate = args["orderBy"]?.field === "TAG_COMMIT_DATE" && prefix.startsWith("refs/tags/");
  const direction = args["orderBy"]?.direction ?? args["direction"] ?? "ASC";
  return connectSorted(
    found,
    args,
    {
      keyOf: ({ name, oid }) =>
        byDate ? [repository.git.commit(oid)?.committer.seconds ?? 0, name] : [name],
      descending: direction === "DESC",
    },
    (ref) => refSource(repository, ref),
  );
}

/** `oid`, or an expression: `main`, `main:path/to/file`, `HEAD:`. */
function object({ repository }: Source, { oid, expression }: Arguments, { view }: ResolverContext): unknown {
  if (oid != null) return objectSource(repository, oid);
  if (expression == null) throw unprocessable("Either an oid or an expression is required.");
  const [, revision = "", path] = /^([^:]*)(?::(.*))?$/s.exec(expression) ?? [];
  const commit = resolveCommit(repository, revision, view.version("refs"));
  if (path === undefined) return objectSource(repository, commit ?? revision);
  const tree = commit === undefined ? undefined : repository.git.commit(commit)?.tree;
  return tree === undefined ? null : objectSource(repository, findEntry(repository.git, tree, path)?.oid);
}

function labels({ repository }: Source, args: Arguments, { view }: ResolverContext): unknown {
  const query = (args["query"] as string | null | undefined)?.toLowerCase();
  const found = repository.labels
    .list(view.version("labels"))
    .filter(
      ({ name, description }) =>
        query == null || `${name}\n${description ?? ""}`.toLowerCase().includes(query),
    );
  return connectLabels(repository, found, args);
}

function deployments({ repository }: Source, args: Arguments, { view }: ResolverContext): unknown {
  const environments = args["environments"] as string[] | null | undefined;
  const found = repository.deployments
    .list(view.version("deployments"))
    .filter(({ environment }) => environments == null || environments.includes(environment));
  return connectSorted(
    found,
    args,
    { keyOf: (deployment) => [deployment.id], descending: args["orderBy"].direction === "DESC" },
    (deployment) => deploymentSource(repository, deployment),
  );
}

function collaborators({ repository }: Source, args: Arguments, { world }: ResolverContext): unknown {
  const { query, login } = args;
  const found = [...repository.roles]
    .filter(
      ([name]) =>
        (query == null || name.includes(query.toLowerCase())) &&
        (login == null || name === login.toLowerCase()),
    )
    .map(([name, role]) => ({ identity: world.identity(name), role }));
  const connection = connectSorted(
    found,
    args,
    { keyOf: ({ identity }) => [identity?.id ?? 0] },
    (found) => found,
  );
  return {
    totalCount: connection.totalCount,
    pageInfo: connection.pageInfo,
    nodes: connection.nodes.map(toNode),
    edges: (connection.nodes as typeof found).map((entry) => ({
      permission: entry.role.toUpperCase(),
      node: toNode(entry),
    })),
  };
}

function toNode(entry: unknown): unknown {
  const { identity } = entry as { identity: Parameters<typeof actorSource>[0] };
  return { ...actorSource(identity), __typename: "User" };
}
