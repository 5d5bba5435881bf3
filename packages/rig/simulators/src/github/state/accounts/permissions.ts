type AccessLevel = "read" | "write";

/**
 * The permissions of a job or an App, as `permissions:` names them with underscores. `metadata: read` is implied.
 * `actions_variables` is "Variables" on GitHub's pages, and only Apps and fine-grained tokens can have it.
 */
export type PermissionName =
  | "actions"
  | "actions_variables"
  | "administration"
  | "attestations"
  | "checks"
  | "contents"
  | "deployments"
  | "issues"
  | "metadata"
  | "pull_requests"
  | "workflows";

export type TokenPermissions = Partial<Record<PermissionName, AccessLevel>>;
