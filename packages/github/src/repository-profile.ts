import * as z from "zod";
import type { GitHub, RepositoryName } from "./client.ts";
import { readReply } from "./graphql.ts";

const RIGHTS = ["admin", "maintain", "push", "triage", "pull"] as const;

/** What someone may do in a repository, as GitHub names it in a reply: `push` is what its pages call `write`. */
export type RepositoryRight = (typeof RIGHTS)[number];

/** A repository, as the one who asks sees it. */
export type RepositoryProfile = {
  readonly visibility: "public" | "private" | "internal";
  readonly archived: boolean;
  readonly hasIssues: boolean;
  readonly fork: boolean;
  /** The organization that owns it; undefined: a user does. */
  readonly organization: string | undefined;
  /** The most that the account behind the token may do here; undefined: GitHub does not say. A token may allow less. */
  readonly right: RepositoryRight | undefined;
  /** Scopes of a classic token, or of one that `gh auth login` made; undefined: the token is of another kind. */
  readonly scopes: readonly string[] | undefined;
};

const rightsSchema = z.object(
  Object.fromEntries(RIGHTS.map((right) => [right, z.boolean().optional()])) as Record<
    RepositoryRight,
    z.ZodOptional<z.ZodBoolean>
  >,
);
const profileSchema = z.object({
  visibility: z.enum(["public", "private", "internal"]).optional(),
  private: z.boolean(),
  archived: z.boolean(),
  has_issues: z.boolean(),
  fork: z.boolean(),
  owner: z.object({ login: z.string(), type: z.string() }),
  permissions: rightsSchema.optional(),
});

/**
 * Reads a repository and what the token's account may do there, in one request. Anyone who may see it may ask.
 * Sources: docs.github.com/rest/repos/repos ("Get a repository"); docs.github.com, "Scopes for OAuth apps": the header
 * `x-oauth-scopes` lists the scopes of a token. Fine-grained tokens and those of Apps have none, so it is absent.
 */
export async function readProfile(github: GitHub, repository: RepositoryName): Promise<RepositoryProfile> {
  const { data, headers } = await github.request("GET /repos/{owner}/{repo}", { ...repository });
  const found = readReply(profileSchema, data, "GET the repository");
  return {
    visibility: found.visibility ?? (found.private ? "private" : "public"),
    archived: found.archived,
    hasIssues: found.has_issues,
    fork: found.fork,
    organization: found.owner.type === "Organization" ? found.owner.login : undefined,
    right: RIGHTS.find((right) => found.permissions?.[right] === true),
    scopes: headers["x-oauth-scopes"]
      ?.split(",")
      .map((scope) => scope.trim())
      .filter((scope) => scope !== ""),
  };
}
