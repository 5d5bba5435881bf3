import { posix } from "node:path";
import { isProduct, mayImport, ourName } from "../house/arrows/find-arrows.ts";
import type { Workspace } from "../house/arrows/read-workspaces.ts";

/** The head of a package's README: what it is for, what it may import, who uses it. */
export function packageHead(workspace: Workspace, all: readonly Workspace[]): string {
  const users = findUsers(workspace, all).map((user) => linkTo(user, workspace.folder));
  return [
    workspace.description,
    "",
    `- **May import:** ${listImports(workspace)}`,
    `- **Used by:** ${joinNames(users)}`,
  ].join("\n");
}

/** What a workspace may import of ours, as names. */
export const listImports = (workspace: Workspace): string =>
  isProduct(workspace)
    ? joinNames(mayImport(workspace))
    : "anything; it is for development and never bundled";

/** Workspaces that depend on this one. The rig uses everything, so it is named only among itself. */
export const findUsers = (workspace: Workspace, all: readonly Workspace[]): Workspace[] =>
  all
    .filter((other) => isProduct(other) || !isProduct(workspace))
    .filter((other) => namesIn(other.dependencies).includes(packageName(workspace)));

/** Names of our own packages among these dependencies. */
export const namesIn = (dependencies: readonly string[]): string[] =>
  dependencies.flatMap((name) => ourName(name) ?? []);

/** Actions have a prefix in their package's name, which their folder does not have. */
const packageName = ({ kind, name }: Workspace): string => (kind === "action" ? `action-${name}` : name);

/** @param from folder of the page that links */
export const linkTo = ({ name, folder }: Workspace, from: string): string =>
  `[${name}](${posix.relative(from, folder)})`;

export const joinNames = (names: readonly string[]): string =>
  names.length === 0 ? "no other package" : names.join(", ");
