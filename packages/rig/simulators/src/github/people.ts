import type { GitHubAccount } from "./state/accounts/identity.ts";
import { createDeployment, setDeploymentStatus } from "./state/actions/deployments.ts";
import { dispatchRepository, dispatchWorkflow } from "./state/actions/dispatches.ts";
import { commitFiles } from "./state/code/commits.ts";
import { noticePushes } from "./state/code/pushes.ts";
import { createRef, dropRef, updateRef } from "./state/code/refs.ts";
import { deleteComment, editComment, writeComment } from "./state/issues/comments.ts";
import {
  attachLabels,
  closeIssue,
  editIssue,
  listIssueLabels,
  lockIssue,
  openIssue,
  removeLabels,
  reopenIssue,
  requireIssue,
} from "./state/issues/issues.ts";
import { createLabel, findOrCreateLabels } from "./state/issues/labels.ts";
import { mergePull, openPull, setDraft } from "./state/issues/pulls.ts";
import { addReview, dismissReview } from "./state/issues/reviews.ts";
import type { StateReason } from "./state/records.ts";
import { storeAttestation } from "./state/releases/attestations.ts";
import { breakUpload } from "./state/releases/release-assets.ts";
import { createRelease, deleteRelease, updateRelease } from "./state/releases/releases.ts";
import type { WriteScope } from "./state/scope.ts";
import type { GitHubState } from "./state/world.ts";

/** What an account does by itself, on the web or from its machine, in one repository. Every act announces its events. */
export type Person = ReturnType<typeof personIn>;

/** An account's hands in one repository. */
export function personIn(world: GitHubState, fullName: string, actor: GitHubAccount) {
  const scope = { world, repository: world.repository(fullName), hand: { actor } };
  const act = actIn(scope);
  return {
    openIssue: act(openIssue),
    editIssue: act(editIssue),
    closeIssue: act((_, number: number, reason?: StateReason) =>
      closeIssue(scope, number, reason ?? "completed"),
    ),
    reopenIssue: act(reopenIssue),
    lockIssue: act(lockIssue),
    comment: act(writeComment),
    editComment: act(editComment),
    deleteComment: act(deleteComment),
    createLabel: act((_, name: string) => createLabel(scope, { name })),
    /** Labels that do not exist are made. */
    label: act((_, number: number, ...names: string[]) =>
      attachLabels(scope, number, findOrCreateLabels(scope, names)),
    ),
    /** Labels that the issue does not have change nothing. */
    unlabel: act(unlabel),
    /** Commits files to a branch, made if it does not exist, and gives the commit's oid. */
    push: act(commitFiles),
    /** Announces what this account pushed into the bare repository with real git. */
    noticePushes: act(noticePushes),
    createRef: act((_, name: string, oid: string) => void createRef(scope, name, oid)),
    forceRef: act((_, name: string, oid: string) => void updateRef(scope, name, oid, true)),
    deleteRef: act(dropRef),
    openPull: act(openPull),
    markReady: act((_, number: number) => setDraft(scope, number, false)),
    mergePull: act((_, number: number) => mergePull(scope, number)),
    closePull: act((_, number: number) => closeIssue(scope, number, null)),
    /** Reviews a pull request; line comments belong to the review. */
    review: act(addReview),
    dismissReview: act(dismissReview),
    ...releaseIn(scope),
    createDeployment: act(createDeployment),
    setDeploymentStatus: act(setDeploymentStatus),
    dispatch: act((_, eventType: string, clientPayload: Record<string, unknown> = {}) =>
      dispatchRepository(scope, { eventType, clientPayload }),
    ),
    dispatchWorkflow: act(startWorkflow),
  };
}

/** Makes acts out of changes: each is one write. */
const actIn =
  (scope: WriteScope) =>
  <A extends unknown[], R>(change: (scope: WriteScope, ...args: A) => R) =>
  (...args: A): R =>
    scope.world.write(() => change(scope, ...args));

function releaseIn(scope: WriteScope) {
  const act = actIn(scope);
  return {
    createRelease: act(createRelease),
    publishRelease: act((_, id: number) => updateRelease(scope, id, { draft: false })),
    deleteRelease: act(deleteRelease),
    /** An upload breaks off on GitHub's side and leaves an asset in the state `starter`. */
    breakUpload: act(breakUpload),
    storeAttestation: act(storeAttestation),
  };
}

function unlabel(scope: WriteScope, number: number, ...names: string[]) {
  const lowered = names.map((name) => name.toLowerCase());
  const labels = listIssueLabels(scope.repository, requireIssue(scope.repository, number));
  const unwanted = labels.filter(({ name }) => lowered.includes(name.toLowerCase()));
  return removeLabels(scope, number, unwanted);
}

/** Starts a workflow by its file name and gives the id of the run that waits for a runner. */
function startWorkflow(
  scope: WriteScope,
  workflow: string,
  inputs: Record<string, unknown> = {},
  ref: string = scope.repository.defaultBranch,
): number {
  return dispatchWorkflow(scope, { workflow, inputs, ref }).id;
}
