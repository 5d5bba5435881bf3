import { isMapping, isString, type TemplateToken } from "../github-parser.ts";

export type AccessLevel = "read" | "write";

/** What a job's token may do. A scope that is not named is denied. */
export type WorkflowPermissions = Readonly<Record<string, AccessLevel>>;

/** A `permissions:` value as written: scopes with levels, or one of the two shorthands. */
export type PermissionSetting = "read-all" | "write-all" | Readonly<Record<string, AccessLevel | "none">>;

/** Scopes that `read-all` and `write-all` stand for, from GitHub's workflow schema; some know one level only. */
const SCOPES: Readonly<Record<string, readonly AccessLevel[]>> = {
  actions: ["read", "write"],
  "artifact-metadata": ["read", "write"],
  attestations: ["read", "write"],
  checks: ["read", "write"],
  contents: ["read", "write"],
  deployments: ["read", "write"],
  discussions: ["read", "write"],
  "id-token": ["write"],
  issues: ["read", "write"],
  models: ["read"],
  packages: ["read", "write"],
  pages: ["read", "write"],
  "pull-requests": ["read", "write"],
  "repository-projects": ["read", "write"],
  "security-events": ["read", "write"],
  statuses: ["read", "write"],
};

/** The default of a new repository: read-only contents and packages. */
export const RESTRICTED_DEFAULT: WorkflowPermissions = { contents: "read", packages: "read" };

/** Reads a `permissions:` token that GitHub's parser has accepted. */
export function readPermissions(token: TemplateToken): PermissionSetting {
  if (isString(token)) return token.value === "write-all" ? "write-all" : "read-all";
  if (!isMapping(token)) return {};
  const setting: Record<string, AccessLevel | "none"> = {};
  for (const { key, value } of token) setting[key.toString()] = value.toString() as AccessLevel | "none";
  return setting;
}

/**
 * The permissions of one job's token: the job's own list, else the workflow's, else the repository's default.
 * Lists replace each other whole. Every token may read metadata.
 */
export function permissionsOfJob(
  job: PermissionSetting | undefined,
  workflow: PermissionSetting | undefined,
  repositoryDefault: WorkflowPermissions,
): WorkflowPermissions {
  const granted = expandSetting(job ?? workflow ?? repositoryDefault);
  return { metadata: "read", ...granted };
}

/** A token for a run that a fork's pull request caused: nothing may be written. */
export function withoutWrites(permissions: WorkflowPermissions): WorkflowPermissions {
  return Object.fromEntries(
    Object.entries(permissions)
      .filter(([scope]) => scope !== "id-token")
      .map(([scope]) => [scope, "read" as const]),
  );
}

function expandSetting(setting: PermissionSetting): WorkflowPermissions {
  if (typeof setting === "string") {
    const level: AccessLevel = setting === "read-all" ? "read" : "write";
    const scopes = Object.entries(SCOPES).map(([scope, levels]) => {
      const fallback = level === "write" ? levels[0] : undefined;
      return [scope, levels.includes(level) ? level : fallback] as const;
    });
    return Object.fromEntries(
      scopes.filter((entry): entry is [string, AccessLevel] => entry[1] !== undefined),
    );
  }
  const named = Object.entries(setting).filter(
    (entry): entry is [string, AccessLevel] => entry[1] !== "none",
  );
  return Object.fromEntries(named);
}
