import { apiUrl, pageUrl } from "../../render/urls.ts";
import { encodeNodeId } from "../../state/node-id.ts";
import { GitHubRefusal, notFound } from "../../state/refusal.ts";
import type { EnvironmentRequest } from "../../state/settings.ts";
import { forPeople, inRepository, type RepositoryCall, type RestOperations } from "../operation.ts";
import { countedPageReply } from "../pages.ts";
import { okReply } from "../reply.ts";
import { renderVariable } from "./variables.ts";

const ADMINISTRATION = { administration: "read" } as const;
const SECRETS = { secrets: "read" } as const;
const VARIABLES = { actions_variables: "read" } as const;
const PAGE = { query: ["per_page", "page"] };

/** Pages of variables are smaller than all others. */
const MOST_VARIABLES = 30;

export const settingOperations: RestOperations = {
  "actions/get-github-actions-permissions-repository": forPeople(
    "admin",
    inRepository(ADMINISTRATION, {}, ({ repository: { settings }, ...call }) =>
      okReply({
        enabled: settings.actionsEnabled,
        allowed_actions: settings.allowedActions,
        sha_pinning_required: settings.pinnedActions,
        ...(settings.allowedActions === "selected"
          ? { selected_actions_url: `${call.url.href}/selected-actions` }
          : {}),
      }),
    ),
  ),
  "actions/get-allowed-actions-repository": forPeople(
    "admin",
    inRepository(ADMINISTRATION, {}, ({ repository: { settings } }) => {
      // Not documented: in what words.
      if (settings.allowedActions !== "selected")
        throw new GitHubRefusal("CONFLICT", "Actions policy is not set to selected.");
      return okReply({
        github_owned_allowed: settings.githubOwnedAllowed,
        verified_allowed: settings.verifiedAllowed,
        patterns_allowed: settings.patternsAllowed,
      });
    }),
  ),
  "actions/get-github-actions-default-workflow-permissions-repository": forPeople(
    "admin",
    inRepository(ADMINISTRATION, {}, ({ repository: { settings } }) =>
      okReply({
        default_workflow_permissions: "read",
        can_approve_pull_request_reviews: settings.pullsByActions,
      }),
    ),
  ),
  "actions/list-repo-secrets": forPeople(
    "write",
    inRepository(SECRETS, PAGE, (call) => listSecrets(call, call.repository.settings.secrets)),
  ),
  "actions/list-repo-organization-secrets": forPeople(
    "write",
    inRepository(SECRETS, PAGE, (call) => listSecrets(call, call.repository.settings.organizationSecrets)),
  ),
  "actions/list-repo-variables": forPeople(
    "write",
    inRepository(VARIABLES, PAGE, (call) => {
      const variables = call.repository.variables.list(call.view.version("variables"));
      return countedPageReply(call, "variables", variables, renderVariable, MOST_VARIABLES);
    }),
  ),
  "actions/list-repo-organization-variables": forPeople(
    "write",
    inRepository(VARIABLES, PAGE, (call) =>
      listVariables(call, call.repository.settings.organizationVariables),
    ),
  ),
  "actions/list-environment-secrets": forPeople(
    "write",
    inRepository({ environments: "read" }, PAGE, (call) =>
      listSecrets(call, requireEnvironment(call).secrets ?? []),
    ),
  ),
  "actions/list-environment-variables": forPeople(
    "write",
    inRepository({ environments: "read" }, PAGE, (call) =>
      listVariables(call, requireEnvironment(call).variables ?? []),
    ),
  ),
  "repos/get-all-environments": inRepository({ actions: "read" }, PAGE, (call) =>
    countedPageReply(call, "environments", call.repository.settings.environments, renderEnvironment(call)),
  ),
};

function requireEnvironment({ repository, path }: RepositoryCall): EnvironmentRequest {
  const named = (path["environment_name"] ?? "").toLowerCase();
  const found = repository.settings.environments.find(({ name }) => name.toLowerCase() === named);
  if (found === undefined) throw notFound();
  return found;
}

const listSecrets = (call: RepositoryCall, names: readonly string[]) =>
  countedPageReply(call, "secrets", names, (name) => ({ name, ...renderInstants(call) }));

const listVariables = (call: RepositoryCall, names: readonly string[]) =>
  countedPageReply(
    call,
    "variables",
    names,
    (name) => ({ name, value: "", ...renderInstants(call) }),
    MOST_VARIABLES,
  );

const renderInstants = ({ repository: { createdAt } }: RepositoryCall): object => ({
  created_at: createdAt,
  updated_at: createdAt,
});

const renderEnvironment =
  (call: RepositoryCall) =>
  ({ name, rules = [] }: EnvironmentRequest, index: number): object => {
    const { world, repository } = call;
    const node = encodeNodeId("EN", repository.id, index + 1);
    const hasPolicy = rules.includes("branch_policy");
    return {
      id: index + 1,
      node_id: node,
      name,
      url: `${apiUrl(world, repository)}/environments/${encodeURIComponent(name)}`,
      html_url: `${pageUrl(world, repository)}/deployments/activity_log?environments_filter=${encodeURIComponent(name)}`,
      ...renderInstants(call),
      protection_rules: rules.map((type, at) => ({
        id: at + 1,
        node_id: node,
        type,
        ...(type === "wait_timer" ? { wait_timer: 30 } : {}),
        ...(type === "required_reviewers" ? { prevent_self_review: false, reviewers: [] } : {}),
      })),
      deployment_branch_policy: hasPolicy
        ? { protected_branches: true, custom_branch_policies: false }
        : null,
    };
  };
