import { omitUndefined } from "@patchpilot/optional";
import { renderPull, renderSimplePull } from "../../render/pull.ts";
import { closeIssue, editIssue, reopenIssue } from "../../state/issues/issues.ts";
import {
  askReviewers,
  isPull,
  listPullFiles,
  mergePull,
  openPull,
  type PullIssue,
  requirePull,
} from "../../state/issues/pulls.ts";
import { NotSimulated, validationFailed } from "../../state/refusal.ts";
import { inRepository, type RepositoryCall, type RestOperations, readNumber } from "../operation.ts";
import { pageReply } from "../pages.ts";
import { created, okReply, type RestReply } from "../reply.ts";
import { renderDifference } from "./contents.ts";

export const pullOperations: RestOperations = {
  "pulls/list": inRepository(
    { pull_requests: "read" },
    { query: ["state", "head", "base", "sort", "direction", "per_page", "page"] },
    listPulls,
  ),
  "pulls/get": inRepository({ pull_requests: "read" }, {}, (call) => {
    const version = call.view.version("pulls");
    const pull = requirePull(call.repository, pullNumber(call), version);
    return okReply(renderPull(call.world, call.repository, pull, version));
  }),
  "pulls/list-files": inRepository({ pull_requests: "read" }, { query: ["per_page", "page"] }, (call) => {
    const pull = requirePull(call.repository, pullNumber(call), call.view.version("pulls"));
    const files = listPullFiles(call.repository, pull);
    return pageReply(call, files, (file) => renderDifference(call, file, pull.pull.headOid));
  }),
  "pulls/create": inRepository(
    { pull_requests: "write" },
    { body: ["title", "head", "base", "body", "draft", "maintainer_can_modify"] },
    (call) => {
      const body = call.body as {
        title?: string;
        head: string;
        base: string;
        body?: string;
        draft?: boolean;
      };
      const pull = openPull(call.scope, { ...body, title: body.title ?? "" });
      const rendered = renderPull(call.world, call.repository, pull);
      return created(rendered, String(rendered["url"]));
    },
  ),
  "pulls/update": inRepository({ pull_requests: "write" }, { body: ["title", "body", "state"] }, (call) => {
    const number = pullNumber(call);
    const { state, ...edits } = call.body as { title?: string; body?: string; state?: "open" | "closed" };
    requirePull(call.repository, number);
    editIssue(call.scope, number, edits);
    if (state === "closed") closeIssue(call.scope, number, null);
    if (state === "open") reopenIssue(call.scope, number);
    return present(call, requirePull(call.repository, number));
  }),
  "pulls/merge": inRepository(
    { contents: "write", pull_requests: "read" },
    { body: ["commit_title", "commit_message", "sha", "merge_method"] },
    merge,
  ),
  "pulls/request-reviewers": inRepository(
    { pull_requests: "write" },
    { body: ["reviewers", "team_reviewers"] },
    requestReviewers,
  ),
};

function pullNumber(call: RepositoryCall): number {
  return readNumber(call.path, "pull_number");
}

/** The world has no teams, so none of them may be asked. */
function requestReviewers(call: RepositoryCall): RestReply {
  const refuse = (whom: string) =>
    validationFailed({
      message: `Reviews may only be requested from collaborators. ${whom} is not a collaborator.`,
    });
  const { reviewers = [], team_reviewers: teams = [] } = call.body as {
    reviewers?: string[];
    team_reviewers?: string[];
  };
  if (teams.length > 0) throw refuse("One or more of the teams you specified");
  const asked = reviewers.map((login) => {
    const identity = call.world.identity(login);
    if (identity !== undefined && call.repository.roles.has(login.toLowerCase())) return identity;
    throw refuse(login);
  });
  return created(
    renderSimplePull(call.world, call.repository, askReviewers(call.scope, pullNumber(call), asked)),
  );
}

function present(call: RepositoryCall, pull: PullIssue): RestReply {
  return okReply(renderPull(call.world, call.repository, pull));
}

function merge(call: RepositoryCall): RestReply {
  const body = call.body as {
    commit_title?: string;
    commit_message?: string;
    sha?: string;
    merge_method?: string;
  };
  if ((body.merge_method ?? "merge") !== "merge") {
    throw new NotSimulated(`pulls/merge with merge_method ${body.merge_method} is not simulated.`);
  }
  const choices = omitUndefined({
    title: body.commit_title,
    message: body.commit_message,
    expectedHead: body.sha,
  });
  const { pull } = mergePull(call.scope, pullNumber(call), choices);
  return okReply({ sha: pull.mergeCommitOid, merged: true, message: "Pull Request successfully merged" });
}

function listPulls(call: RepositoryCall): RestReply {
  const { query, repository } = call;
  const version = call.view.version("pulls");
  const state = query["state"] ?? "open";
  const key = query["sort"] === "updated" ? "updatedAt" : "createdAt";
  const isCreated = query["sort"] === undefined || query["sort"] === "created";
  if (!isCreated && key !== "updatedAt")
    throw new NotSimulated(`pulls/list sorted by ${query["sort"]} is not simulated.`);
  const ascending = (query["direction"] ?? (isCreated ? "desc" : "asc")) === "asc";
  const pulls = repository.issues
    .list(version)
    .filter(isPull)
    .filter((issue) => state === "all" || issue.state === state)
    .filter(({ pull }) => query["base"] === undefined || pull.baseRef === query["base"])
    .filter(
      ({ pull }) => query["head"] === undefined || `${repository.owner}:${pull.headRef}` === query["head"],
    )
    .sort((left, right) =>
      left[key] < right[key] ? -1 : left[key] > right[key] ? 1 : left.number - right.number,
    );
  return pageReply(call, ascending ? pulls : pulls.reverse(), (pull) =>
    renderSimplePull(call.world, repository, pull, version),
  );
}
