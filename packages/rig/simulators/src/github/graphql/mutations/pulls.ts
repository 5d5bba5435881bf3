import { closeIssue, editIssue } from "../../state/issues/issues.ts";
import { openPull, requirePull, setDraft } from "../../state/issues/pulls.ts";
import type { ResolverTable } from "../resolver.ts";
import { issueSource } from "../sources.ts";
import { refuse } from "./issues.ts";
import { mutations, pullNeeds, subject } from "./mutation.ts";

export const pullMutations: ResolverTable = mutations({
  createPullRequest: (input, context) => {
    refuse(input, "createPullRequest", [
      "repositoryId",
      "title",
      "body",
      "headRefName",
      "baseRefName",
      "draft",
      "maintainerCanModify",
    ]);
    const { scope, repository } = subject(context, input["repositoryId"], pullNeeds, "R");
    const pull = openPull(scope, {
      title: input["title"],
      body: input["body"] ?? null,
      head: input["headRefName"],
      base: input["baseRefName"],
      draft: input["draft"] === true,
    });
    return { pullRequest: issueSource(repository, pull) };
  },
  updatePullRequest: (input, context) => {
    refuse(input, "updatePullRequest", ["pullRequestId", "title", "body"]);
    const { scope, repository, key } = subject(context, input["pullRequestId"], pullNeeds, "PR");
    const edited = editIssue(scope, Number(key), {
      ...(input["title"] == null ? {} : { title: input["title"] }),
      ...(input["body"] == null ? {} : { body: input["body"] }),
    });
    return { pullRequest: issueSource(repository, edited) };
  },
  closePullRequest: (input, context) => {
    const { scope, repository, key } = subject(context, input["pullRequestId"], pullNeeds, "PR");
    return { pullRequest: issueSource(repository, closeIssue(scope, Number(key), null)) };
  },
  markPullRequestReadyForReview: (input, context) => {
    const { scope, repository, key } = subject(context, input["pullRequestId"], pullNeeds, "PR");
    setDraft(scope, Number(key), false);
    return { pullRequest: issueSource(repository, requirePull(repository, Number(key))) };
  },
});
