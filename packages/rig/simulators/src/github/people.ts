import type { GitHubAccount } from "./state/accounts/identity.ts";
import {
  createDeployment,
  type DeploymentRequest,
  type DeploymentStatusRequest,
  setDeploymentStatus,
} from "./state/actions/deployments.ts";
import { dispatchRepository, dispatchWorkflow } from "./state/actions/dispatches.ts";
import { type CommitRequest, commitFiles } from "./state/code/commits.ts";
import { noticePushes } from "./state/code/pushes.ts";
import { createRef, removeRef, updateRef } from "./state/code/refs.ts";
import { deleteComment, editComment, writeComment } from "./state/issues/comments.ts";
import {
  attachLabels,
  closeIssue,
  editIssue,
  type IssueRequest,
  listIssueLabels,
  openIssue,
  removeLabels,
  reopenIssue,
  requireIssue,
} from "./state/issues/issues.ts";
import { createLabel, findOrCreateLabels } from "./state/issues/labels.ts";
import { mergePull, type NewPull, openPull, type PullIssue, setDraft } from "./state/issues/pulls.ts";
import { addReview, dismissReview, type ReviewRequest } from "./state/issues/reviews.ts";
import type {
  CommentRecord,
  DeploymentRecord,
  DeploymentStatusRecord,
  IssueRecord,
  LabelRecord,
  ReviewRecord,
  StateReason,
} from "./state/records.ts";
import type { GitHubState } from "./state/world.ts";

/** What an account does by itself, on the web or from its machine, in one repository. Every act announces its events. */
export type Person = {
  readonly openIssue: (request: IssueRequest) => IssueRecord;
  readonly editIssue: (number: number, change: { title?: string; body?: string }) => IssueRecord;
  readonly closeIssue: (number: number, reason?: StateReason) => IssueRecord;
  readonly reopenIssue: (number: number) => IssueRecord;
  readonly comment: (number: number, body: string) => CommentRecord;
  readonly editComment: (id: number, body: string) => CommentRecord;
  readonly deleteComment: (id: number) => void;
  readonly createLabel: (name: string) => LabelRecord;
  /** Labels that do not exist are made. */
  readonly label: (number: number, ...names: string[]) => IssueRecord;
  /** Labels that the issue does not have change nothing. */
  readonly unlabel: (number: number, ...names: string[]) => IssueRecord;
  /** Commits files to a branch, made where it does not exist, and gives the commit's oid. */
  readonly push: (request: CommitRequest) => string;
  /** Announces what this account pushed into the bare repository with real git. */
  readonly noticePushes: () => void;
  readonly createRef: (name: string, oid: string) => void;
  readonly forceRef: (name: string, oid: string) => void;
  readonly deleteRef: (name: string) => void;
  readonly openPull: (request: NewPull) => PullIssue;
  readonly markReady: (number: number) => PullIssue;
  readonly mergePull: (number: number) => PullIssue;
  readonly closePull: (number: number) => IssueRecord;
  /** Reviews a pull request; line comments belong to the review. */
  readonly review: (number: number, request: ReviewRequest) => ReviewRecord;
  readonly dismissReview: (id: number) => ReviewRecord;
  readonly createDeployment: (request: DeploymentRequest) => DeploymentRecord;
  readonly setDeploymentStatus: (request: DeploymentStatusRequest) => DeploymentStatusRecord;
  readonly dispatch: (eventType: string, clientPayload?: Record<string, unknown>) => void;
  /** Starts a workflow by its file name and gives the id of the run that waits for a runner. */
  readonly dispatchWorkflow: (workflow: string, inputs?: Record<string, unknown>, ref?: string) => number;
};

/** An account's hands in one repository. */
export function personIn(world: GitHubState, fullName: string, actor: GitHubAccount): Person {
  const repository = world.repository(fullName);
  const scope = { world, repository, hand: { actor } };
  const act =
    <A extends unknown[], R>(change: (...args: A) => R) =>
    (...args: A): R =>
      world.write(() => change(...args));
  const labelled = (number: number, names: string[]): LabelRecord[] => {
    const lowered = names.map((name) => name.toLowerCase());
    return listIssueLabels(repository, requireIssue(repository, number)).filter(({ name }) =>
      lowered.includes(name.toLowerCase()),
    );
  };
  return {
    openIssue: act((request) => openIssue(scope, request)),
    editIssue: act((number, change) => editIssue(scope, number, change)),
    closeIssue: act((number, reason?: StateReason) => closeIssue(scope, number, reason ?? "completed")),
    reopenIssue: act((number) => reopenIssue(scope, number)),
    comment: act((number, body) => writeComment(scope, number, body)),
    editComment: act((id, body) => editComment(scope, id, body)),
    deleteComment: act((id) => deleteComment(scope, id)),
    createLabel: act((name) => createLabel(scope, { name })),
    label: act((number: number, ...names: string[]) =>
      attachLabels(scope, number, findOrCreateLabels(scope, names)),
    ),
    unlabel: act((number: number, ...names: string[]) =>
      removeLabels(scope, number, labelled(number, names)),
    ),
    push: act((request) => commitFiles(scope, request)),
    noticePushes: act(() => noticePushes(scope)),
    createRef: act((name, oid) => void createRef(scope, name, oid)),
    forceRef: act((name, oid) => void updateRef(scope, name, oid, true)),
    deleteRef: act((name) => removeRef(scope, name)),
    openPull: act((request) => openPull(scope, request)),
    markReady: act((number) => setDraft(scope, number, false)),
    mergePull: act((number) => mergePull(scope, number)),
    closePull: act((number) => closeIssue(scope, number, null)),
    review: act((number, request) => addReview(scope, number, request)),
    dismissReview: act((id) => dismissReview(scope, id)),
    createDeployment: act((request) => createDeployment(scope, request)),
    setDeploymentStatus: act((request) => setDeploymentStatus(scope, request)),
    dispatch: act((eventType: string, clientPayload?: Record<string, unknown>) =>
      dispatchRepository(scope, { eventType, clientPayload: clientPayload ?? {} }),
    ),
    dispatchWorkflow: act(
      (workflow: string, inputs?: Record<string, unknown>, ref?: string) =>
        dispatchWorkflow(scope, { workflow, inputs: inputs ?? {}, ref: ref ?? repository.defaultBranch }).id,
    ),
  };
}
