import * as z from "zod";
import type { GitHub, RepositoryName } from "./client.ts";
import { readReply } from "./graphql.ts";

/** What a repository lets Actions run, under Settings > Actions > General. */
export type ActionsPolicy = {
  readonly enabled: boolean;
  /** `local_only`: nothing of another owner. `selected`: what `readSelectedActions` lists, and what is local. */
  readonly allowed: "all" | "local_only" | "selected";
  /** Every `uses:` must name a full commit. Older servers do not have the setting. */
  readonly pinned: boolean;
};

/** What `selected` means. */
export type SelectedActions = {
  readonly githubOwned: boolean;
  /** Actions of creators whom GitHub's marketplace has verified. */
  readonly verified: boolean;
  /** Such as `acme/*`, `acme/build@v2` or `acme/build@*`. */
  readonly patterns: readonly string[];
};

const policySchema = z.object({
  enabled: z.boolean(),
  allowed_actions: z.enum(["all", "local_only", "selected"]).optional(),
  sha_pinning_required: z.boolean().optional(),
});
const selectedSchema = z.object({
  github_owned_allowed: z.boolean().optional(),
  verified_allowed: z.boolean().optional(),
  patterns_allowed: z.array(z.string()).optional(),
});
const workflowTokenSchema = z.object({ can_approve_pull_request_reviews: z.boolean() });

/**
 * Reads what Actions may run. It takes admin rights, and `Administration: read` of a fine-grained token; others are
 * refused with 403.
 * Source: docs.github.com/rest/actions/permissions, "Get GitHub Actions permissions for a repository".
 */
export async function readActionsPolicy(github: GitHub, repository: RepositoryName): Promise<ActionsPolicy> {
  const { data } = await github.request("GET /repos/{owner}/{repo}/actions/permissions", { ...repository });
  const found = readReply(policySchema, data, "GET the permissions of Actions");
  return {
    enabled: found.enabled,
    allowed: found.allowed_actions ?? "all",
    pinned: found.sha_pinning_required ?? false,
  };
}

/**
 * Reads which actions are selected, with the same rights. GitHub refuses unless the policy is `selected`.
 * Source: the same page, "Get allowed actions and reusable workflows for a repository".
 */
export async function readSelectedActions(
  github: GitHub,
  repository: RepositoryName,
): Promise<SelectedActions> {
  const route = "GET /repos/{owner}/{repo}/actions/permissions/selected-actions";
  const { data } = await github.request(route, { ...repository });
  const found = readReply(selectedSchema, data, "GET the selected actions");
  return {
    githubOwned: found.github_owned_allowed ?? false,
    verified: found.verified_allowed ?? false,
    patterns: found.patterns_allowed ?? [],
  };
}

/**
 * Whether workflows may create and approve pull requests with a job's own token, with the same rights.
 * Source: the same page, "Get default workflow permissions for a repository".
 */
export async function readPullsByActions(github: GitHub, repository: RepositoryName): Promise<boolean> {
  const route = "GET /repos/{owner}/{repo}/actions/permissions/workflow";
  const { data } = await github.request(route, { ...repository });
  return readReply(workflowTokenSchema, data, "GET the default permissions of workflows")
    .can_approve_pull_request_reviews;
}
