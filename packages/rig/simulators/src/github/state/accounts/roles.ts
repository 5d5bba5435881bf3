import type { CollaboratorRole } from "../records.ts";
import { GitHubRefusal } from "../refusal.ts";
import type { Repository } from "../repository.ts";
import type { Token } from "./token.ts";

const RANKS: Readonly<Record<CollaboratorRole, number>> = {
  read: 1,
  triage: 2,
  write: 3,
  maintain: 4,
  admin: 5,
};

/** A collaborator's role; on a public repository everyone else may read. */
export function findRole(repository: Repository, login: string): CollaboratorRole | undefined {
  return repository.roles.get(login.toLowerCase()) ?? (repository.private ? undefined : "read");
}

/** How much a role may do, from 1 to 5; 0 for none. */
export const rankRole = (role: CollaboratorRole | undefined): number =>
  role === undefined ? 0 : RANKS[role];

/** Whether someone has a role or more. A token of an App is held to its permissions alone. */
export function hasRole({ actor }: Token, repository: Repository, role: CollaboratorRole): boolean {
  return actor.type !== "User" || rankRole(findRole(repository, actor.login)) >= RANKS[role];
}

/**
 * @throws Refusal 403 in GitHub's words for people who lack a role, whatever their token may do
 * (github.com/github/docs/issues/1087)
 */
export function requireRole(token: Token, repository: Repository, role: CollaboratorRole): void {
  if (!hasRole(token, repository, role))
    throw new GitHubRefusal("FORBIDDEN", "Must have admin rights to Repository.");
}
