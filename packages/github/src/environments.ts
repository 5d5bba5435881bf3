import * as z from "zod";
import type { GitHub, RepositoryName } from "./client.ts";
import { readReply } from "./graphql.ts";

/** An environment of Actions, and what jobs that name it must pass. */
export type JobEnvironment = {
  readonly name: string;
  /** Kinds of its rules: `required_reviewers`, `wait_timer`, `branch_policy`; GitHub may add others. */
  readonly rules: readonly string[];
};

const environmentsSchema = z.object({
  environments: z
    .array(
      z.object({ name: z.string(), protection_rules: z.array(z.object({ type: z.string() })).optional() }),
    )
    .optional(),
});

/**
 * The environments of a repository, at most 100. Anyone who may read it may ask, a fine-grained token with `Actions: read`.
 * Source: docs.github.com/rest/deployments/environments, "List environments".
 */
export async function listJobEnvironments(
  github: GitHub,
  repository: RepositoryName,
): Promise<JobEnvironment[]> {
  const place = { ...repository, per_page: 100 };
  const { data } = await github.request("GET /repos/{owner}/{repo}/environments", place);
  const { environments = [] } = readReply(environmentsSchema, data, "GET the environments");
  return environments.map(({ name, protection_rules: rules = [] }) => ({
    name,
    rules: rules.map(({ type }) => type),
  }));
}
