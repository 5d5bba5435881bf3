type AccessLevel = "read" | "write";

/** The permissions of a job or an App, as `permissions:` names them with underscores. `metadata: read` is implied. */
export type PermissionName =
  | "actions"
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
