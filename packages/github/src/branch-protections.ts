import * as z from "zod";
import type { GitHub, RepositoryName } from "./client.ts";
import { nodes, repositoryReply } from "./repository-query.ts";

/** A branch protection rule, as there were before rulesets. */
export type BranchProtection = Readonly<Omit<z.output<typeof protectionSchema>, "pushAllowances">> & {
  /** Whether some App may push where `restrictsPushes` keeps others away. */
  readonly admitsApps: boolean;
};

const protectionSchema = z.object({
  /** Of branch names, such as `release/*`. */
  pattern: z.string(),
  /** Nobody may push. */
  lockBranch: z.boolean(),
  restrictsPushes: z.boolean(),
  /** Whether that counts for new branches as well. */
  blocksCreations: z.boolean(),
  requiresCommitSignatures: z.boolean(),
  pushAllowances: nodes(z.looseObject({ actor: z.looseObject({ __typename: z.string() }).nullable() })),
});
const protectionsReply = repositoryReply({
  viewerCanAdminister: z.boolean(),
  branchProtectionRules: nodes(protectionSchema),
});

const PROTECTIONS = `query BranchProtections($owner: String!, $repo: String!) {
  repository(owner: $owner, name: $repo) {
    viewerCanAdminister
    branchProtectionRules(first: 100) {
      nodes {
        pattern lockBranch restrictsPushes blocksCreations requiresCommitSignatures
        pushAllowances(first: 100) { nodes { actor { __typename } } }
      }
    }
  }
}`;

/**
 * The branch protection rules, at most 100, in one request.
 * @returns undefined for anyone but an admin: GitHub then answers an empty list, as if there were none
 * (github.com/w3c/validate-repos/issues/30)
 */
export async function listBranchProtections(
  github: GitHub,
  repository: RepositoryName,
): Promise<readonly BranchProtection[] | undefined> {
  const { repository: found } = await github.query(PROTECTIONS, repository, protectionsReply);
  if (!found.viewerCanAdminister) return undefined;
  return found.branchProtectionRules.nodes.map(({ pushAllowances, ...rule }) => ({
    ...rule,
    admitsApps: pushAllowances.nodes.some(({ actor }) => actor?.__typename === "App"),
  }));
}
