import { renderLabel } from "../../render/label.ts";
import { addLabels, labelsOf, removeLabels, requireIssue } from "../../state/issues/issues.ts";
import {
  createLabel,
  deleteLabel,
  ensureLabels,
  requireLabel,
  updateLabel,
} from "../../state/issues/labels.ts";
import type { IssueRecord, LabelRecord } from "../../state/records.ts";
import { notFound } from "../../state/refusal.ts";
import {
  created,
  inRepository,
  NO_CONTENT,
  numberOf,
  ok,
  onIssue,
  type RepositoryCall,
  type RestOperations,
} from "../operation.ts";
import { listed } from "../pages.ts";
import { labelNames } from "./issues.ts";

const PAGE = ["per_page", "page"];

export const labelOperations: RestOperations = {
  "issues/list-labels-for-repo": inRepository({ issues: "read" }, { query: PAGE }, (call) =>
    listed(call, call.repository.labels.list(call.view.version("labels")), rendererOf(call)),
  ),
  "issues/get-label": inRepository({ issues: "read" }, {}, (call) =>
    ok(rendererOf(call)(requireLabel(call.repository, call.path["name"] ?? "", call.view.version("labels")))),
  ),
  "issues/create-label": inRepository(
    { issues: "write" },
    { body: ["name", "color", "description"] },
    (call) => {
      const body = call.body as { name: string; color?: string; description?: string };
      return created(rendererOf(call)(createLabel(call.scope, body)));
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
      return ok(rendererOf(call)(updateLabel(call.scope, call.path["name"] ?? "", change)));
    },
  ),
  "issues/delete-label": inRepository({ issues: "write" }, {}, (call) => {
    deleteLabel(call.scope, call.path["name"] ?? "");
    return NO_CONTENT;
  }),
  "issues/list-labels-on-issue": inRepository(onIssue("read"), { query: PAGE }, (call) => {
    const version = call.view.version("issues");
    const issue = requireIssue(call.repository, numberOf(call.path, "issue_number"), version);
    return listed(call, labelsOf(call.repository, issue, version), rendererOf(call));
  }),
  "issues/add-labels": inRepository(onIssue("write"), { body: ["labels"] }, (call) => {
    const names = labelNames(call.body["labels"] as string[]);
    const number = numberOf(call.path, "issue_number");
    requireIssue(call.repository, number);
    return onIssueNow(call, addLabels(call.scope, number, ensureLabels(call.scope, names)));
  }),
  "issues/remove-label": inRepository(onIssue("write"), {}, (call) => {
    const number = numberOf(call.path, "issue_number");
    const issue = requireIssue(call.repository, number);
    const label = labelsOf(call.repository, issue).find(
      ({ name }) => name.toLowerCase() === call.path["name"]?.toLowerCase(),
    );
    if (label === undefined) throw notFound("Label does not exist");
    return onIssueNow(call, removeLabels(call.scope, number, [label]));
  }),
};

function rendererOf(call: RepositoryCall): (label: LabelRecord) => object {
  return (label) => renderLabel(call.world, call.repository, label);
}

function onIssueNow(call: RepositoryCall, issue: IssueRecord) {
  return ok(labelsOf(call.repository, issue).map(rendererOf(call)));
}
