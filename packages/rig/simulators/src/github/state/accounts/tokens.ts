import { GitHubRefusal, notFound } from "../refusal.ts";
import type { Repository } from "../repository.ts";
import { GITHUB_ACTIONS_BOT, type GitHubAccount } from "./identity.ts";
import type { PermissionName, TokenPermissions } from "./permissions.ts";
import type { Token } from "./token.ts";

export type TokenRequest = {
  readonly actor: GitHubAccount;
  readonly permissions: TokenPermissions;
  readonly repositories: readonly string[];
  /** Makes it a classic token, to which `permissions` do not apply. */
  readonly scopes?: readonly string[];
};

/**
 * Makes a token: a GITHUB_TOKEN for github-actions[bot], an App's or a person's for any other. Its text is unlike that of any
 * other and long, as today's installation tokens are.
 * @throws Error where a GITHUB_TOKEN is to have `actions_variables`: `permissions:` does not know it
 */
export function createToken(request: TokenRequest, serial: number): Token {
  const isGitHubToken = request.actor.id === GITHUB_ACTIONS_BOT.id;
  if (isGitHubToken && request.permissions.actions_variables !== undefined)
    throw new Error("A GITHUB_TOKEN cannot have the permission actions_variables.");
  return {
    value: `ghs_${1000 + serial}_simulated.${String(serial).padStart(36, "0")}-t`,
    actor: request.actor,
    permissions: {
      metadata: "read",
      ...request.permissions,
      ...(request.scopes?.includes("workflow") ? { workflows: "write" } : {}),
    },
    repositories: new Set(request.repositories),
    isGitHubToken,
    ...(request.scopes === undefined ? {} : { scopes: request.scopes }),
  };
}

/** Whether the token holds every permission of one of the alternatives. What a classic one may do is up to its person. */
function mayUse(token: Token, alternatives: readonly TokenPermissions[]): boolean {
  if (token.scopes?.some((scope) => scope === "repo" || scope === "public_repo")) return true;
  return alternatives.some((needed) =>
    Object.entries(needed).every(([name, level]) => {
      const held = token.permissions[name as PermissionName];
      return held === "write" || (held === "read" && level === "read");
    }),
  );
}

/** @throws Refusal as GitHub refuses a token that lacks the permission, naming what would have been accepted. */
export function requirePermission(token: Token, alternatives: readonly TokenPermissions[]): void {
  if (mayUse(token, alternatives)) return;
  const accepted = alternatives.map((needed) =>
    Object.entries(needed)
      .map(([name, level]) => `${name}=${level}`)
      .join(","),
  );
  const holder = token.actor.type === "User" ? "personal access token" : "integration";
  throw new GitHubRefusal("FORBIDDEN", `Resource not accessible by ${holder}`, {
    headers: { "x-accepted-github-permissions": accepted.join("; ") },
  });
}

/** @throws Refusal 404, since GitHub does not tell that a repository exists that the token does not reach. */
export function requireReach(token: Token, fullName: string): void {
  const reached = [...token.repositories].some((name) => name.toLowerCase() === fullName.toLowerCase());
  if (!reached) throw notFound();
}

/** @throws Refusal 404: to a classic token without the scope `repo`, no private repository exists. */
export function requireScope({ scopes }: Token, repository: Repository): void {
  if (scopes !== undefined && repository.private && !scopes.includes("repo")) throw notFound();
}
