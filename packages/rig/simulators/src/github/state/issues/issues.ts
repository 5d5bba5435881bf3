import { renderIssue } from "../../render/issue.ts";
import { renderLabel } from "../../render/label.ts";
import { renderPull } from "../../render/pull.ts";
import { announce } from "../events.ts";
import type { IssueRecord, LabelRecord, StateReason } from "../records.ts";
import { notFound, unprocessable, validationFailed } from "../refusal.ts";
import type { Repository } from "../repository.ts";
import type { WriteScope } from "../scope.ts";
import { findOrCreateLabels } from "./labels.ts";
import { addToTimeline, noteMentions } from "./timeline.ts";

const LONGEST_BODY = 65_536;
const LONGEST_TITLE = 256;
const MOST_LABELS = 100;

export type IssueRequest = {
  readonly title: string;
  readonly body?: string | null;
  /** Names; unknown ones are made. */
  readonly labels?: readonly string[];
};

export function requireIssue(repository: Repository, number: number, version?: number): IssueRecord {
  const issue = repository.issues.get(number, version);
  if (issue === undefined) throw notFound();
  return issue;
}

export function openIssue(scope: WriteScope, request: IssueRequest): IssueRecord {
  checkTitle(request.title, "Issue");
  checkBody(request.body ?? null, "Issue");
  const labels = findOrCreateLabels(scope, request.labels ?? []);
  const issue = addIssue(scope, { title: request.title, body: request.body ?? null, pull: null }, labels);
  announce(scope, {
    event: "issues",
    action: "opened",
    about: () => ({ issue: renderIssue(scope.world, scope.repository, issue) }),
  });
  for (const label of labels) announceLabel(scope, issue, label, "labeled");
  noteMentions(scope, issue.body, issue.number);
  return issue;
}

/** Puts a new issue or pull request into the table, with its labels, and announces nothing. */
export function addIssue(
  scope: WriteScope,
  content: Pick<IssueRecord, "title" | "body" | "pull">,
  labels: readonly LabelRecord[] = [],
): IssueRecord {
  const { world, repository, hand } = scope;
  const now = world.now();
  const issue: IssueRecord = {
    number: repository.takeNumber(),
    id: world.takeId(),
    ...content,
    state: "open",
    stateReason: null,
    locked: false,
    author: hand.actor,
    editor: null,
    lastEditedAt: null,
    createdAt: now,
    updatedAt: now,
    closedAt: null,
    closedBy: null,
    labelIds: labels.map((label) => label.id),
  };
  repository.issues.set(issue.number, issue);
  for (const label of labels) addToTimeline(scope, { issueNumber: issue.number, kind: "labeled", label });
  return issue;
}

/** Replaces an issue's record and notes that it was updated now. */
export function reviseIssue(
  scope: WriteScope,
  issue: IssueRecord,
  change: Partial<IssueRecord>,
): IssueRecord {
  const revised = { ...issue, ...change, updatedAt: scope.world.now() };
  return scope.repository.issues.set(issue.number, revised);
}

/** Edits title or body. Without a difference nothing happens. */
export function editIssue(
  scope: WriteScope,
  number: number,
  change: { readonly title?: string; readonly body?: string | null },
): IssueRecord {
  const issue = requireIssue(scope.repository, number);
  const title = change.title ?? issue.title;
  const body = change.body === undefined ? issue.body : change.body;
  if (title === issue.title && body === issue.body) return issue;
  const resource = issue.pull === null ? "Issue" : "PullRequest";
  checkTitle(title, resource);
  checkBody(body, resource);
  const now = scope.world.now();
  const edited = body === issue.body ? {} : { editor: scope.hand.actor, lastEditedAt: now };
  const revised = reviseIssue(scope, issue, { title, body, ...edited });
  if (title !== issue.title) addToTimeline(scope, { issueNumber: number, kind: "renamed" });
  noteMentions(scope, body, number);
  announceIssue(scope, revised, "edited", {
    changes: {
      ...(title === issue.title ? {} : { title: { from: issue.title } }),
      ...(body === issue.body ? {} : { body: { from: issue.body ?? "" } }),
    },
  });
  return revised;
}

export function closeIssue(
  scope: WriteScope,
  number: number,
  reason: StateReason | null,
  closer: number | null = null,
): IssueRecord {
  const issue = requireIssue(scope.repository, number);
  if (issue.state === "closed") return issue;
  const stateReason = issue.pull === null ? (reason ?? "completed") : null;
  const closed = reviseIssue(scope, issue, {
    state: "closed",
    stateReason,
    closedAt: scope.world.now(),
    closedBy: scope.hand.actor,
  });
  addToTimeline(scope, { issueNumber: number, kind: "closed", stateReason, sourceNumber: closer });
  announceIssue(scope, closed, "closed");
  return closed;
}

export function reopenIssue(scope: WriteScope, number: number): IssueRecord {
  const issue = requireIssue(scope.repository, number);
  if (issue.state === "open") return issue;
  if (issue.pull?.mergedAt != null)
    throw validationFailed({ resource: "PullRequest", field: "state", code: "invalid" });
  const reopened = reviseIssue(scope, issue, {
    state: "open",
    stateReason: issue.pull === null ? "reopened" : null,
    closedAt: null,
    closedBy: null,
  });
  addToTimeline(scope, { issueNumber: number, kind: "reopened", stateReason: "reopened" });
  announceIssue(scope, reopened, "reopened");
  return reopened;
}

/** Puts labels on an issue; those it has already change nothing. */
export function attachLabels(scope: WriteScope, number: number, labels: readonly LabelRecord[]): IssueRecord {
  const issue = requireIssue(scope.repository, number);
  const added = labels.filter((label) => !issue.labelIds.includes(label.id));
  if (added.length === 0) return issue;
  const labelIds = [...new Set([...issue.labelIds, ...added.map((label) => label.id)])];
  if (labelIds.length > MOST_LABELS) throw unprocessable("Issue can only have up to 100 labels");
  const revised = reviseIssue(scope, issue, { labelIds });
  for (const label of added) {
    addToTimeline(scope, { issueNumber: number, kind: "labeled", label });
    announceLabel(scope, revised, label, "labeled");
  }
  return revised;
}

/** Takes labels off an issue; those it does not have change nothing. */
export function removeLabels(scope: WriteScope, number: number, labels: readonly LabelRecord[]): IssueRecord {
  const issue = requireIssue(scope.repository, number);
  const removed = labels.filter((label) => issue.labelIds.includes(label.id));
  if (removed.length === 0) return issue;
  const gone = new Set(removed.map((label) => label.id));
  const revised = reviseIssue(scope, issue, { labelIds: issue.labelIds.filter((id) => !gone.has(id)) });
  for (const label of removed) {
    addToTimeline(scope, { issueNumber: number, kind: "unlabeled", label });
    announceLabel(scope, revised, label, "unlabeled");
  }
  return revised;
}

/** Makes an issue's labels exactly these. */
export function setLabels(scope: WriteScope, number: number, labels: readonly LabelRecord[]): IssueRecord {
  const wanted = new Set(labels.map((label) => label.id));
  const present = listIssueLabels(scope.repository, requireIssue(scope.repository, number));
  removeLabels(
    scope,
    number,
    present.filter((label) => !wanted.has(label.id)),
  );
  return attachLabels(scope, number, labels);
}

/** The labels of an issue in the order in which they were put on it. */
export function listIssueLabels(repository: Repository, issue: IssueRecord, version?: number): LabelRecord[] {
  return issue.labelIds
    .map((id) => repository.labels.get(id, version))
    .filter((label) => label !== undefined);
}

/** @throws Refusal 422 for a body that GitHub does not take. */
/** Locks a conversation: apps cannot comment on it any more, and people who may write here can. */
export function lockIssue(scope: WriteScope, number: number): IssueRecord {
  const issue = requireIssue(scope.repository, number);
  if (issue.locked) return issue;
  const locked = reviseIssue(scope, issue, { locked: true });
  announceIssue(scope, locked, "locked");
  return locked;
}

export function checkBody(body: string | null, resource: string): void {
  if ((body?.length ?? 0) <= LONGEST_BODY) return;
  const message = `body is too long (maximum is ${LONGEST_BODY} characters)`;
  throw validationFailed({ resource, field: "body", code: "custom", message });
}

export function checkTitle(title: string, resource: string): void {
  if (title.trim() === "") throw validationFailed({ resource, field: "title", code: "missing_field" });
  if (title.length <= LONGEST_TITLE) return;
  const message = `title is too long (maximum is ${LONGEST_TITLE} characters)`;
  throw validationFailed({ resource, field: "title", code: "custom", message });
}

/** Announces what happened to an issue, as an `issues` or a `pull_request` event. */
export function announceIssue(
  scope: WriteScope,
  issue: IssueRecord,
  action: string,
  more: Readonly<Record<string, unknown>> = {},
): void {
  const { world, repository } = scope;
  const { pull } = issue;
  announce(scope, {
    event: pull === null ? "issues" : "pull_request",
    action,
    ...(pull === null ? {} : { ref: `refs/pull/${issue.number}/merge`, sha: pull.headOid }),
    about: () =>
      pull === null
        ? { issue: renderIssue(world, repository, issue), ...more }
        : { number: issue.number, pull_request: renderPull(world, repository, issue), ...more },
  });
}

function announceLabel(
  scope: WriteScope,
  issue: IssueRecord,
  label: LabelRecord,
  action: "labeled" | "unlabeled",
): void {
  announceIssue(scope, issue, action, { label: renderLabel(scope.world, scope.repository, label) });
}
