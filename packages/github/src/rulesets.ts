import { HttpFailure } from "@patchpilot/http";
import * as z from "zod";
import { type BranchRule, rulesReply } from "./branch-rules.ts";
import type { GitHub, RepositoryName } from "./client.ts";
import { readReply } from "./graphql.ts";

/** A ruleset that applies to a repository: its own, its organization's or its enterprise's. */
export type RepositoryRuleset = {
  readonly name: string;
  /** Whose it is: `acme/shop`, or the organization. */
  readonly source: string;
  readonly rules: readonly BranchRule[];
  /** `branch`, `tag`, `push` or `repository`; GitHub may add others. */
  readonly target: string;
  /** Patterns of full ref names, or `~ALL`, or `~DEFAULT_BRANCH`. Rulesets for pushes have none. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  /** Only `active` ones refuse anything. */
  readonly enforcement: string;
  /** Kinds of actors that may bypass it, such as `Integration`; undefined: only who may change it sees them. */
  readonly bypass: readonly string[] | undefined;
};

const listSchema = z.array(z.object({ id: z.number() }));
const rulesetSchema = z.object({
  name: z.string(),
  source: z.string(),
  target: z.string().optional(),
  enforcement: z.string(),
  conditions: z
    .object({
      ref_name: z
        .object({ include: z.array(z.string()).optional(), exclude: z.array(z.string()).optional() })
        .optional(),
    })
    .nullish(),
  rules: rulesReply.optional(),
  bypass_actors: z.array(z.object({ actor_type: z.string() })).optional(),
});

/** GitHub has no rulesets for a private repository of a free plan, and says so with 403. */
const NOT_IN_PLAN = /upgrade to github|make this repository public/i;

/**
 * The rulesets of a repository with those above it, at most 100, one request each beside the list. Anyone who may read the
 * repository may ask; only who may change a ruleset sees who may bypass it. Servers before 3.11 have no rulesets.
 * Source: docs.github.com/rest/repos/rules, "Get all repository rulesets" and "Get a repository ruleset".
 * @returns undefined if the plan of the repository has none
 */
export async function listRulesets(
  github: GitHub,
  repository: RepositoryName,
): Promise<RepositoryRuleset[] | undefined> {
  const place = { ...repository, includes_parents: true };
  try {
    const list = await github.request("GET /repos/{owner}/{repo}/rulesets", { ...place, per_page: 100 });
    const rulesets: RepositoryRuleset[] = [];
    for (const { id } of readReply(listSchema, list.data, "GET the rulesets")) {
      const route = "GET /repos/{owner}/{repo}/rulesets/{ruleset_id}";
      const { data } = await github.request(route, { ...place, ruleset_id: id });
      rulesets.push(toRuleset(readReply(rulesetSchema, data, "GET a ruleset")));
    }
    return rulesets;
  } catch (error) {
    if (error instanceof HttpFailure && NOT_IN_PLAN.test(error.detail ?? "")) return undefined;
    throw error;
  }
}

const toRuleset = (found: z.output<typeof rulesetSchema>): RepositoryRuleset => ({
  name: found.name,
  source: found.source,
  target: found.target ?? "branch",
  enforcement: found.enforcement,
  include: found.conditions?.ref_name?.include ?? [],
  exclude: found.conditions?.ref_name?.exclude ?? [],
  rules: found.rules ?? [],
  bypass: found.bypass_actors?.map(({ actor_type }) => actor_type),
});
