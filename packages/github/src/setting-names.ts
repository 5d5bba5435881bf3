import * as z from "zod";
import type { GitHub, RepositoryName } from "./client.ts";
import { readReply } from "./graphql.ts";

/** Where secrets and variables of Actions are set. `organization`: those of the owner that reach the repository. */
export type NamesPlace = "repository" | "organization" | { readonly environment: string };

/** What is set: a secret, which nobody can read again, or a variable. */
export type SettingKind = "secrets" | "variables";

const PATHS = {
  repository: "/repos/{owner}/{repo}/actions",
  organization: "/repos/{owner}/{repo}/actions/organization-",
  environment: "/repos/{owner}/{repo}/environments/{environment_name}",
} as const;

/** Pages of 30: GitHub lets an organization have 1,000 secrets and 1,000 variables. */
const MOST_PAGES = 40;

const namedSchema = z.array(z.object({ name: z.string() }));
const countSchema = z.looseObject({ total_count: z.number() });

/**
 * Names of secrets or variables, in upper case as GitHub keeps them; no value is kept. It takes collaborator access, and
 * `Secrets: read`, `Variables: read` or, for those of an environment, `Environments: read` of a fine-grained token.
 * Older servers list those of an environment by the repository's id alone, and answer 404 here.
 * Pages of variables have at most 30 names whatever is asked for, so the count says where the list ends.
 * Sources: docs.github.com/rest/actions/secrets and docs.github.com/rest/actions/variables.
 * @throws HttpFailure `forbidden`; `not-found` also where an older server has no such route
 */
export async function listSettingNames(
  github: GitHub,
  repository: RepositoryName,
  list: { readonly kind: SettingKind; readonly place: NamesPlace },
): Promise<string[]> {
  const { kind, place } = list;
  const names: string[] = [];
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const { data } = await github.request(`GET ${findPath(kind, place)}`, {
      ...repository,
      ...(typeof place === "object" ? { environment_name: place.environment } : {}),
      per_page: 100,
      page,
    });
    const found = readReply(countSchema, data, `GET ${kind}`);
    const listed = readReply(namedSchema, found[kind], `GET ${kind}`);
    names.push(...listed.map(({ name }) => name.toUpperCase()));
    if (listed.length === 0 || names.length >= found.total_count) break;
  }
  return names;
}

function findPath(kind: SettingKind, place: NamesPlace): string {
  if (place === "organization") return `${PATHS.organization}${kind}`;
  return `${typeof place === "object" ? PATHS.environment : PATHS.repository}/${kind}`;
}
