import { renderLabel } from "../../render/label.ts";
import { attachLabels, listIssueLabels, removeLabels, requireIssue } from "../../state/issues/issues.ts";
import {
  createLabel,
  deleteLabel,
  findOrCreateLabels,
  requireLabel,
  updateLabel,
} from "../../state/issues/labels.ts";
import type { IssueRecord, LabelRecord } from "../../state/records.ts";
import { notFound } from "../../state/refusal.ts";
import { inRepository, onIssue, type RepositoryCall, type RestOperations, readNumber } from "../operation.ts";
import { pageReply } from "../pages.ts";
import { created, NO_CONTENT, okReply } from "../reply.ts";
import { labelNames } from "./issues.ts";

const PAGE = ["per_page", "page"];

export const labelOperations: RestOperations = {
  "issues/list-labels-for-repo": inRepository({ issues: "read" }, { query: PAGE }, (call) =>
    pageReply(call, call.repository.labels.list(call.view.version("labels")), toReply(call)),
  ),
  "issues/get-label": inRepository({ issues: "read" }, {}, (call) =>
    okReply(
      toReply(call)(requireLabel(call.repository, call.path["name"] ?? "", call.view.version("labels"))),
    ),
  ),
  "issues/create-label": inRepository(
    { issues: "write" },
    { body: ["name", "color", "description"] },
    (call) => {
      const body = call.body as { name: string; color?: string; description?: string };
      return created(toReply(call)(createLabel(call.scope, body)));
    },
  ),
  "issues/update-label": inRepository(
    { issues: "write" },
    { body: ["new_name", "color", "description"] },
    (call) => {
      const { new_name, ...others } = call.body as {
        new_name?: string;
        color?: string;
        description?: string;
      };
      const change = { ...others, ...(new_name === undefined ? {} : { name: new_name }) };
      return okReply(toReply(call)(updateLabel(call.scope, call.path["name"] ?? "", change)));
    },
  ),
  "issues/delete-label": inRepository({ issues: "write" }, {}, (call) => {
    deleteLabel(call.scope, call.path["name"] ?? "");
    return NO_CONTENT;
  }),
  "issues/list-labels-on-issue": inRepository(onIssue("read"), { query: PAGE }, (call) => {
    const version = call.view.version("issues");
    const issue = requireIssue(call.repository, readNumber(call.path, "issue_number"), version);
    return pageReply(call, listIssueLabels(call.repository, issue, version), toReply(call));
  }),
  "issues/add-labels": inRepository(onIssue("write"), { body: ["labels"] }, (call) => {
    const names = labelNames(call.body["labels"] as string[]);
    const number = readNumber(call.path, "issue_number");
    requireIssue(call.repository, number);
    return onIssueNow(call, attachLabels(call.scope, number, findOrCreateLabels(call.scope, names)));
  }),
  "issues/remove-label": inRepository(onIssue("write"), {}, (call) => {
    const number = readNumber(call.path, "issue_number");
    const issue = requireIssue(call.repository, number);
    const label = listIssueLabels(call.repository, issue).find(
      ({ name }) => name.toLowerCase() === call.path["name"]?.toLowerCase(),
    );
    if (label === undefined) throw notFound("Label does not exist");
    return onIssueNow(call, removeLabels(call.scope, number, [label]));
  }),
};

function toReply(call: RepositoryCall): (label: LabelRecord) => object {
  return (label) => renderLabel(call.world, call.repository, label);
}

function onIssueNow(call: RepositoryCall, issue: IssueRecord) {
  return okReply(listIssueLabels(call.repository, issue).map(toReply(call)));
}
