import { findEntry } from "../../git/trees.ts";
import { repositoryNodeId } from "../../render/repository.ts";
import { pageUrl } from "../../render/urls.ts";
import { resolveCommit } from "../../state/code/refs.ts";
import { requireIssue } from "../../state/issues/issues.ts";
import { NotSimulated, notFound, unprocessable } from "../../state/refusal.ts";
import { connectSorted, PAGING } from "../connection.ts";
import {
  type Arguments,
  fields,
  needing,
  type ResolverContext,
  type ResolverTable,
  taking,
} from "../resolver.ts";
import { deploymentSource, issueSource, objectSource, type RepositorySource, refSource } from "../sources.ts";
import { issueList, pullList } from "./issue-lists.ts";
import { connectLabels } from "./label.ts";

const ISSUES = { issues: "read" } as const;
const PULLS = { pull_requests: "read" } as const;
const CONTENTS = { contents: "read" } as const;

export const repositoryFields: ResolverTable = fields<RepositorySource>("Repository", {
  id: ({ repository }) => repositoryNodeId(repository),
  databaseId: ({ repository }) => repository.id,
  nameWithOwner: ({ repository }) => repository.fullName,
  url: ({ repository }, _, { world }) => pageUrl(world, repository),
  defaultBranchRef: needing(CONTENTS, ({ repository }, _, context) =>
    refNamed({ repository }, `refs/heads/${repository.defaultBranch}`, context),
  ),
  ref: taking(
    ["qualifiedName"],
    (source, { qualifiedName }, context) => refNamed(source, qualifiedName, context),
    CONTENTS,
  ),
  refs: taking([...PAGING, "refPrefix", "orderBy"], refs, CONTENTS),
  object: taking(["oid", "expression"], objectNamed, CONTENTS),
  issue: taking(
    ["number"],
    (source, { number }, context) => numbered(source, number, context, "an Issue"),
    ISSUES,
  ),
  pullRequest: taking(
    ["number"],
    (source, { number }, context) => numbered(source, number, context, "a PullRequest"),
    PULLS,
  ),
  issues: taking([...PAGING, "states", "labels", "filterBy", "orderBy"], issueList, ISSUES),
  pullRequests: taking([...PAGING, "states", "headRefName", "orderBy"], pullList, PULLS),
  labels: taking([...PAGING, "query"], labels, ISSUES, PULLS),
  deployments: taking([...PAGING, "environments", "orderBy"], deployments, { deployments: "read" }),
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

/** By its id, or a commit, or a file in it, by an expression that git would resolve. */
function objectNamed(
  { repository }: Source,
  { oid, expression }: Arguments,
  { view }: ResolverContext,
): unknown {
  if (oid != null) return objectSource(repository, oid);
  const [revision = "", path] = String(expression).split(/:(.*)/s);
  const found = resolveCommit(repository, revision, view.version("refs"));
  if (found !== undefined && path !== undefined)
    return objectSource(
      repository,
      findEntry(repository.git, repository.git.commit(found)?.tree ?? "", path)?.oid,
    );
  if (found === undefined && /^[0-9a-f]{4,39}$|[~^:@]/.test(expression))
    throw new NotSimulated(`object(expression: "${expression}") is not simulated.`);
  return objectSource(repository, found);
}

function refs({ repository }: Source, args: Arguments, { view }: ResolverContext): unknown {
  const prefix = args["refPrefix"] as string;
  if (!prefix.startsWith("refs/") || !prefix.endsWith("/")) {
    throw unprocessable(`refPrefix must start with refs/ and end with a slash: ${prefix}`);
  }
  const found = repository.git.refs.list(prefix, view.version("refs"));
  // As the schema says: "by underlying commit date if the ref prefix is refs/tags/".
  const byDate = args["orderBy"]?.field === "TAG_COMMIT_DATE" && prefix.startsWith("refs/tags/");
  return connectSorted(
    found,
    args,
    {
      keyOf: ({ name, oid }) =>
        byDate ? [repository.git.commit(oid)?.committer.seconds ?? 0, name] : [name],
      descending: args["orderBy"]?.direction === "DESC",
    },
    (ref) => refSource(repository, ref),
  );
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
