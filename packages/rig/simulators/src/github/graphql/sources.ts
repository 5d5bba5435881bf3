import type { GitStore } from "../git/git-store.ts";
import type { Ref } from "../git/ref-store.ts";
import type { GitHubAccount } from "../state/accounts/identity.ts";
import type { PullIssue } from "../state/issues/pulls.ts";
import type {
  CommentRecord,
  DeploymentRecord,
  DeploymentStatusRecord,
  IssueRecord,
  LabelRecord,
  ReviewRecord,
  TimelineKind,
  TimelineRecord,
} from "../state/records.ts";
import type { Repository } from "../state/repository.ts";

/** What resolvers pass to the resolvers below them: a record, where it lives, and the type that it is answered as. */
type Sourced<T> = { readonly __typename: string; readonly repository: Repository; readonly record: T };

export type ActorSource = { readonly __typename: string; readonly identity: GitHubAccount };
export type RepositorySource = { readonly __typename: "Repository"; readonly repository: Repository };
export type IssueSource = Sourced<IssueRecord>;
export type PullSource = Sourced<PullIssue>;
export type CommentSource = Sourced<CommentRecord>;
export type ReviewSource = Sourced<ReviewRecord>;
export type LabelSource = Sourced<LabelRecord>;
export type TimelineSource = Sourced<TimelineRecord>;
export type RefSource = Sourced<Ref>;
export type ObjectSource = {
  readonly __typename: string;
  readonly repository: Repository;
  readonly oid: string;
};
export type DeploymentSource = Sourced<DeploymentRecord>;
export type DeploymentStatusSource = Sourced<DeploymentStatusRecord>;

function sourced<T>(__typename: string) {
  return (repository: Repository, record: T): Sourced<T> => ({ __typename, repository, record });
}

export function actorSource(identity: GitHubAccount | null): ActorSource | null {
  return identity === null ? null : { __typename: identity.type, identity };
}

export function repositorySource(repository: Repository): RepositorySource {
  return { __typename: "Repository", repository };
}

/** An issue, or a pull request where the record is one. */
export function issueSource(repository: Repository, record: IssueRecord): IssueSource {
  return { __typename: record.pull === null ? "Issue" : "PullRequest", repository, record };
}

export const commentSource = sourced<CommentRecord>("IssueComment");
export const reviewSource = sourced<ReviewRecord>("PullRequestReview");
export const labelSource = sourced<LabelRecord>("Label");
export const refSource = sourced<Ref>("Ref");
export const deploymentSource = sourced<DeploymentRecord>("Deployment");
export const deploymentStatusSource = sourced<DeploymentStatusRecord>("DeploymentStatus");

const EVENT_TYPES: Record<TimelineKind, string> = {
  labeled: "LabeledEvent",
  unlabeled: "UnlabeledEvent",
  closed: "ClosedEvent",
  reopened: "ReopenedEvent",
  renamed: "RenamedTitleEvent",
  "cross-referenced": "CrossReferencedEvent",
};

export function timelineSource(repository: Repository, record: TimelineRecord): TimelineSource {
  return { __typename: EVENT_TYPES[record.kind], repository, record };
}

/** A git object, or null where there is none of that name. */
export function objectSource(repository: Repository, oid: string | undefined): ObjectSource | null {
  const type = oid === undefined ? undefined : typeName(repository.git, oid);
  return oid === undefined || type === undefined ? null : { __typename: type, repository, oid };
}

function typeName(git: GitStore, oid: string): string | undefined {
  const names = { commit: "Commit", tree: "Tree", blob: "Blob", tag: "Tag" };
  const type = git.typeOf(oid);
  return type === undefined ? undefined : names[type];
}
