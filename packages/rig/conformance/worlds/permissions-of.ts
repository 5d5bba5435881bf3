import type { Contract, Permission } from "@patchpilot/action-kit";
import type { PermissionName, TokenPermissions } from "@patchpilot/simulators/github";

/** What an action's contract asks for, as a token's permissions; without what only some configurations need. */
export const permissionsOf = ({ permissions }: Contract): TokenPermissions =>
  toPermissions(permissions.filter(({ when }) => when === undefined));

/** What it asks for in the configuration that some of its permissions name under `when`. */
export const permissionsWhen = ({ permissions }: Contract, configuration: string): TokenPermissions =>
  toPermissions(permissions.filter(({ when }) => when === undefined || when.includes(configuration)));

/** A later line wins: a permission of some configuration stands instead of the one that is always needed. */
const toPermissions = (lines: readonly Permission[]): TokenPermissions =>
  Object.fromEntries(lines.map(({ scope, access }) => [toPermissionName(scope), access]));

const toPermissionName = (scope: Permission["scope"]): PermissionName =>
  scope === "pull-requests" ? "pull_requests" : scope;
