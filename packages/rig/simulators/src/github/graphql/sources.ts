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
  ReviewCommentRecord,
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
export type ReviewCommentSource = Sourced<ReviewCommentRecord>;
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

export function commentSource(repository: Repository, record: CommentRecord): CommentSource {
  return { __typename: "IssueComment", repository, record };
}

export function reviewSource(repository: Repository, record: ReviewRecord): ReviewSource {
  return { __typename: "PullRequestReview", repository, record };
}

export function labelSource(repository: Repository, record: LabelRecord): LabelSource {
  return { __typename: "Label", repository, record };
}

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

export function refSource(repository: Repository, record: Ref): RefSource {
  return { __typename: "Ref", repository, record };
}

/** A git object, or null where there is none of that name. */
export function objectSource(repository: Repository, oid: string | undefined): ObjectSource | null {
  const type = oid === undefined ? undefined : typeName(repository.git, oid);
  return oid === undefined || type === undefined ? null : { __typename: type, repository, oid };
}

export function deploymentSource(repository: Repository, record: DeploymentRecord): DeploymentSource {
  return { __typename: "Deployment", repository, record };
}

export function deploymentStatusSource(
  repository: Repository,
  record: DeploymentStatusRecord,
): DeploymentStatusSource {
  return { __typename: "DeploymentStatus", repository, record };
}

function typeName(git: GitStore, oid: string): string | undefined {
  const names = { commit: "Commit", tree: "Tree", blob: "Blob", tag: "Tag" };
  const type = git.typeOf(oid);
  return type === undefined ? undefined : names[type];
}
