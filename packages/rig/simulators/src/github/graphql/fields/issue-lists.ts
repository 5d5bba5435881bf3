import { listIssueLabels } from "../../state/issues/issues.ts";
import { isPull } from "../../state/issues/pulls.ts";
import type { IssueRecord } from "../../state/records.ts";
import { NotSimulated } from "../../state/refusal.ts";
import type { Repository } from "../../state/repository.ts";
import { connectSorted, type SortOrder } from "../connection.ts";
import type { Arguments, ResolverContext } from "../resolver.ts";
import { issueSource, type RepositorySource } from "../sources.ts";

/** `Repository.issues`: labels are alternatives here, where REST wants all of them. */
export function issueList(
  { repository }: RepositorySource,
  args: Arguments,
  { view }: ResolverContext,
): unknown {
  const filter = readFilter(args);
  const version = view.version("issues");
  const found = repository.issues
    .list(version)
    .filter((issue) => issue.pull === null)
    .filter((issue) => filter.states === undefined || filter.states.includes(issue.state.toUpperCase()))
    .filter((issue) => filter.since === undefined || Date.parse(issue.updatedAt) >= filter.since)
    .filter((issue) => filter.labels.every((names) => hasAny(repository, issue, names, version)));
  return connectSorted(found, args, readOrder(args["orderBy"], repository), (issue) =>
    issueSource(repository, issue),
  );
}

export function pullList(
  { repository }: RepositorySource,
  args: Arguments,
  { view }: ResolverContext,
): unknown {
  const version = view.version("pulls");
  const states = args["states"] as string[] | null | undefined;
  const labels = args["labels"] as string[] | null | undefined;
  const { headRefName, baseRefName } = args;
  const found = repository.issues
    .list(version)
    .filter(isPull)
    .filter(({ pull }) => headRefName == null || pull.headRef === headRefName)
    .filter(({ pull }) => baseRefName == null || pull.baseRef === baseRefName)
    .filter((issue) => states == null || states.includes(describeState(issue)))
    .filter((issue) => labels == null || hasAny(repository, issue, labels, version));
  return connectSorted(found, args, readOrder(args["orderBy"], repository), (issue) =>
    issueSource(repository, issue),
  );
}

function describeState(issue: IssueRecord): string {
  return issue.pull?.mergedAt != null ? "MERGED" : issue.state.toUpperCase();
}

type Filter = {
  readonly states: readonly string[] | undefined;
  readonly since: number | undefined;
  /** Of each of these lists, an issue carries at least one label. */
  readonly labels: readonly (readonly string[])[];
};

const FILTERS = new Set(["states", "since", "labels"]);

/** `filterBy` and the connection's own arguments hold together. */
function readFilter(args: Arguments): Filter {
  const filterBy = (args["filterBy"] ?? {}) as Record<string, unknown>;
  for (const [name, value] of Object.entries(filterBy)) {
    const isDefault = name === "viewerSubscribed" && value === false;
    if (!FILTERS.has(name) && !isDefault)
      throw new NotSimulated(`issues(filterBy: { ${name} }) is not simulated.`);
  }
  const since = filterBy["since"] as string | null | undefined;
  const lists = [args["labels"], filterBy["labels"]] as (string[] | null | undefined)[];
  return {
    states: (args["states"] ?? filterBy["states"] ?? undefined) as string[] | undefined,
    since: since == null ? undefined : Date.parse(since),
    labels: lists.filter((list) => list != null),
  };
}

function hasAny(
  repository: Repository,
  issue: IssueRecord,
  names: readonly string[],
  version: number | undefined,
): boolean {
  const wanted = names.map((name) => name.toLowerCase());
  return listIssueLabels(repository, issue, version).some((label) =>
    wanted.includes(label.name.toLowerCase()),
  );
}

function readOrder(
  orderBy: { readonly field: string; readonly direction: string } | null | undefined,
  repository: Repository,
): SortOrder<IssueRecord> {
  const { field, direction } = orderBy ?? { field: "CREATED_AT", direction: "ASC" };
  const keyOf = (issue: IssueRecord): readonly (string | number)[] => {
    if (field === "COMMENTS") return [repository.comments.listGroup(issue.number).length, issue.number];
    return [field === "UPDATED_AT" ? issue.updatedAt : issue.createdAt, issue.number];
  };
  return { keyOf, descending: direction === "DESC" };
}
