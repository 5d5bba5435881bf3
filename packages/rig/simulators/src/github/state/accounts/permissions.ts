type AccessLevel = "read" | "write";

/**
 * The permissions of a job or an App, as `permissions:` names them with underscores. `metadata: read` is implied.
 * `actions_variables` is "Variables" on GitHub's pages. Only Apps and fine-grained tokens can have it, `environments` and
 * `secrets`.
 */
export type PermissionName =
  | "actions"
  | "actions_variables"
  | "administration"
  | "attestations"
  | "checks"
  | "contents"
  | "deployments"
  | "environments"
  | "issues"
  | "metadata"
  | "pull_requests"
  | "secrets"
  | "workflows";

export type TokenPermissions = Partial<Record<PermissionName, AccessLevel>>;
