import { renderIssue, renderSingleIssue } from "../../render/issue.ts";
import {
  closeIssue,
  editIssue,
  listIssueLabels,
  openIssue,
  reopenIssue,
  requireIssue,
  setLabels,
} from "../../state/issues/issues.ts";
import { findOrCreateLabels } from "../../state/issues/labels.ts";
import type { IssueRecord, StateReason } from "../../state/records.ts";
import { inRepository, onIssue, type RepositoryCall, type RestOperations, readNumber } from "../operation.ts";
import { pageReply } from "../pages.ts";
import { created, okReply, type RestReply } from "../reply.ts";

export const issueOperations: RestOperations = {
  "issues/list-for-repo": inRepository(
    { issues: "read" },
    { query: ["state", "labels", "creator", "sort", "direction", "since", "per_page", "page"] },
    listIssues,
  ),
  "issues/get": inRepository(onIssue("read"), {}, (call) => {
    const version = call.view.version("issues");
    const issue = requireIssue(call.repository, readNumber(call.path, "issue_number"), version);
    return okReply(renderSingleIssue(call.world, call.repository, issue, version));
  }),
  "issues/create": inRepository({ issues: "write" }, { body: ["title", "body", "labels"] }, (call) => {
    const body = call.body as { title: string | number; body?: string; labels?: LabelNames };
    const issue = openIssue(call.scope, {
      title: String(body.title),
      body: body.body ?? null,
      labels: labelNames(body.labels ?? []),
    });
    const rendered = renderSingleIssue(call.world, call.repository, issue);
    return created(rendered, String(rendered["url"]));
  }),
  "issues/update": inRepository(
    onIssue("write"),
    { body: ["title", "body", "state", "state_reason", "labels"] },
    updateIssue,
  ),
};

type LabelNames = readonly (string | { readonly name?: string })[];

/** Labels come as names or as objects with one. */
export function labelNames(labels: LabelNames): string[] {
  return labels.map((label) => (typeof label === "string" ? label : (label.name ?? "")));
}

function listIssues(call: RepositoryCall): RestReply {
  const { repository, query } = call;
  const version = call.view.version("issues");
  const wanted = String(query["labels"] ?? "")
    .toLowerCase()
    .split(",")
    .filter((name) => name !== "");
  const hasLabels = (issue: IssueRecord): boolean => {
    const names = listIssueLabels(repository, issue, version).map((label) => label.name.toLowerCase());
    return wanted.every((name) => names.includes(name));
  };
  const { state = "open", creator, since } = query;
  const issues = repository.issues
    .list(version)
    .filter((issue) => state === "all" || issue.state === state)
    .filter((issue) => creator === undefined || issue.author.login === creator)
    .filter((issue) => since === undefined || Date.parse(issue.updatedAt) >= Date.parse(String(since)))
    .filter((issue) => wanted.length === 0 || hasLabels(issue))
    .sort(readOrder(String(query["sort"] ?? "created"), String(query["direction"] ?? "desc"), repository));
  return pageReply(call, issues, (issue) => renderIssue(call.world, repository, issue, version));
}

function readOrder(
  sort: string,
  direction: string,
  repository: RepositoryCall["repository"],
): (left: IssueRecord, right: IssueRecord) => number {
  const sign = direction === "asc" ? 1 : -1;
  const keyOf = (issue: IssueRecord): string | number => {
    if (sort === "comments") return repository.comments.listGroup(issue.number).length;
    return sort === "updated" ? issue.updatedAt : issue.createdAt;
  };
  return (left, right) => {
    const [a, b] = [keyOf(left), keyOf(right)];
    return sign * (a === b ? left.number - right.number : a < b ? -1 : 1);
  };
}

function updateIssue(call: RepositoryCall): RestReply {
  const number = readNumber(call.path, "issue_number");
  const body = call.body as {
    title?: string | number | null;
    body?: string | null;
    state?: "open" | "closed";
    state_reason?: StateReason | null;
    labels?: LabelNames;
  };
  editIssue(call.scope, number, {
    ...(body.title == null ? {} : { title: String(body.title) }),
    ...(body.body === undefined ? {} : { body: body.body }),
  });
  if (body.labels !== undefined)
    setLabels(call.scope, number, findOrCreateLabels(call.scope, labelNames(body.labels)));
  if (body.state === "closed") closeIssue(call.scope, number, body.state_reason ?? null);
  if (body.state === "open") reopenIssue(call.scope, number);
  return okReply(renderSingleIssue(call.world, call.repository, requireIssue(call.repository, number)));
}
