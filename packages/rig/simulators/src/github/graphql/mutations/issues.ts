import { editComment, minimizeComment, writeComment } from "../../state/issues/comments.ts";
import { attachLabels, closeIssue, openIssue, removeLabels, reopenIssue } from "../../state/issues/issues.ts";
import { createLabel } from "../../state/issues/labels.ts";
import type { LabelRecord, StateReason } from "../../state/records.ts";
import { NotSimulated, notFound } from "../../state/refusal.ts";
import { findNode } from "../nodes.ts";
import type { Arguments, ResolverContext, ResolverTable } from "../resolver.ts";
import { commentSource, issueSource, labelSource } from "../sources.ts";
import { type Mutate, mutations, subject } from "./mutation.ts";

const WRITES_ISSUES = { issues: "write" } as const;

export const issueMutations: ResolverTable = mutations({
  createIssue: (input, context) => {
    refuse(input, "createIssue", ["repositoryId", "title", "body", "labelIds"]);
    const { scope, repository } = subject(context, input["repositoryId"], WRITES_ISSUES, "R");
    const labels = labelsNamed(context, input["labelIds"] ?? []).map(({ name }) => name);
    const issue = openIssue(scope, { title: input["title"], body: input["body"] ?? null, labels });
    return { issue: issueSource(repository, issue) };
  },
  closeIssue: (input, context) => {
    refuse(input, "closeIssue", ["issueId", "stateReason"]);
    const { scope, repository, key } = subject(context, input["issueId"], WRITES_ISSUES, "I");
    const reason = (input["stateReason"] ?? "COMPLETED").toLowerCase() as StateReason;
    return { issue: issueSource(repository, closeIssue(scope, Number(key), reason)) };
  },
  reopenIssue: (input, context) => {
    const { scope, repository, key } = subject(context, input["issueId"], WRITES_ISSUES, "I");
    return { issue: issueSource(repository, reopenIssue(scope, Number(key))) };
  },
  addLabelsToLabelable: relabel(attachLabels),
  removeLabelsFromLabelable: relabel(removeLabels),
  createLabel: (input, context) => {
    const { scope, repository } = subject(context, input["repositoryId"], WRITES_ISSUES, "R");
    const { name, color, description } = input;
    return {
      label: labelSource(repository, createLabel(scope, { name, color, description: description ?? null })),
    };
  },
});

export const commentMutations: ResolverTable = mutations({
  addComment: (input, context) => {
    const { kind } = findNode(context, input["subjectId"], "I", "PR");
    // A pull request may be commented on with either permission.
    const needs = kind === "PR" ? [WRITES_ISSUES, { pull_requests: "write" } as const] : WRITES_ISSUES;
    const { scope, repository, key } = subject(context, input["subjectId"], needs, "I", "PR");
    const comment = writeComment(scope, Number(key), input["body"]);
    return { commentEdge: { node: commentSource(repository, comment) } };
  },
  updateIssueComment: (input, context) => {
    const { scope, repository, key } = commentSubject(context, input["id"]);
    return { issueComment: commentSource(repository, editComment(scope, Number(key), input["body"])) };
  },
  minimizeComment: (input, context) => {
    const { scope, repository, key } = commentSubject(context, input["subjectId"]);
    return {
      minimizedComment: commentSource(repository, minimizeComment(scope, Number(key), input["classifier"])),
    };
  },
});

/** A comment that is gone is a node that cannot be found, whatever the permissions. */
function commentSubject(context: ResolverContext, id: string) {
  const { repository, key } = findNode(context, id, "IC");
  if (repository.comments.get(Number(key)) === undefined) {
    throw notFound(`Could not resolve to a node with the global id of '${id}'`);
  }
  return subject(context, id, WRITES_ISSUES, "IC");
}

function relabel(change: typeof attachLabels): Mutate {
  return (input, context) => {
    const { scope, repository, key } = subject(context, input["labelableId"], WRITES_ISSUES, "I");
    const issue = change(scope, Number(key), labelsNamed(context, input["labelIds"]));
    return { labelable: issueSource(repository, issue) };
  };
}

function labelsNamed(context: ResolverContext, ids: readonly string[]): LabelRecord[] {
  return ids.map((id) => {
    const { repository, key } = findNode(context, id, "LA");
    const label = repository.labels.get(Number(key));
    if (label === undefined) throw notFound(`Could not resolve to a node with the global id of '${id}'`);
    return label;
  });
}

/** Inputs that GitHub knows and the simulator does not are errors, unless they are empty. */
function refuse(input: Arguments, mutation: string, known: readonly string[]): void {
  for (const [name, value] of Object.entries(input)) {
    if (value != null && name !== "clientMutationId" && !known.includes(name)) {
      throw new NotSimulated(`${mutation}(input: { ${name} }) is not simulated.`);
    }
  }
}
