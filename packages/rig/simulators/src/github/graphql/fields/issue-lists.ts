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
  const version = view.version("issues");
  const states = args["states"] as string[] | null | undefined;
  const labels = args["labels"] as string[] | null | undefined;
  const since = readSince(args);
  const found = repository.issues
    .list(version)
    .filter((issue) => issue.pull === null)
    .filter((issue) => states == null || states.includes(issue.state.toUpperCase()))
    .filter((issue) => since === undefined || Date.parse(issue.updatedAt) >= since)
    .filter((issue) => labels == null || hasAny(repository, issue, labels, version));
  return connectSorted(found, args, readOrder(args), (issue) => issueSource(repository, issue));
}

export function pullList(
  { repository }: RepositorySource,
  args: Arguments,
  { view }: ResolverContext,
): unknown {
  const version = view.version("pulls");
  const states = args["states"] as string[] | null | undefined;
  const { headRefName } = args;
  const found = repository.issues
    .list(version)
    .filter(isPull)
    .filter(({ pull }) => headRefName == null || pull.headRef === headRefName)
    .filter((issue) => states == null || states.includes(describeState(issue)));
  return connectSorted(found, args, readOrder(args), (issue) => issueSource(repository, issue));
}

function describeState(issue: IssueRecord): string {
  return issue.pull?.mergedAt != null ? "MERGED" : issue.state.toUpperCase();
}

/** `filterBy`, which may say since when. */
function readSince(args: Arguments): number | undefined {
  // The schema fills in `viewerSubscribed: false`.
  const { since, viewerSubscribed, ...others } = (args["filterBy"] ?? {}) as Record<string, unknown>;
  const [other] = Object.keys({ ...others, ...(viewerSubscribed === true ? { viewerSubscribed } : {}) });
  if (other !== undefined) throw new NotSimulated(`issues(filterBy: { ${other} }) is not simulated.`);
  return since == null ? undefined : Date.parse(since as string);
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

function readOrder({ orderBy }: Arguments): SortOrder<IssueRecord> {
  const { field, direction } = orderBy ?? { field: "CREATED_AT", direction: "ASC" };
  if (field === "COMMENTS") throw new NotSimulated(`orderBy: { field: ${field} } is not simulated.`);
  const isByChange = field === "UPDATED_AT";
  return {
    keyOf: ({ updatedAt, createdAt, number }) => [isByChange ? updatedAt : createdAt, number],
    descending: direction === "DESC",
  };
}
