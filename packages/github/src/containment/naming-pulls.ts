import * as z from "zod";
import type { GitHub, RepositoryName } from "../client.ts";
import { askFields, nodes, splitEvery } from "../repository-query.ts";

/** The pull request that a commit is of, and the branch that it was for. */
export type CommitPull = { readonly number: number; readonly branch: string };

const associatedSchema = z.looseObject({
  associatedPullRequests: nodes(
    z
      .looseObject({
        number: z.number(),
        baseRefName: z.string(),
        repository: z.looseObject({ nameWithOwner: z.string() }),
      })
      .nullable(),
  ).nullable(),
});

const NAMES_PER_QUERY = 100;

/**
 * Reads which pull requests commits are of, 100 commits a request.
 * @param names object ids, which may be cut
 */
export async function readCommitPulls(
  github: GitHub,
  repository: RepositoryName,
  names: readonly string[],
): Promise<Map<string, readonly CommitPull[]>> {
  const pulls = new Map<string, readonly CommitPull[]>();
  const here = `${repository.owner}/${repository.repo}`.toLowerCase();
  for (const batch of splitEvery(names, NAMES_PER_QUERY)) {
    const answer = await askFields(github, repository, {
      name: "CommitPulls",
      parameters: batch.map((_, index) => `, $c${index}: String!`),
      variables: Object.fromEntries(batch.map((name, index) => [`c${index}`, name])),
      fields: batch.map(
        (_, index) => `c${index}: object(expression: $c${index}) {
      ... on Commit { associatedPullRequests(first: 5) { nodes { number baseRefName repository { nameWithOwner } } } }
    }`,
      ),
    });
    for (const [index, name] of batch.entries()) {
      const found = associatedSchema.safeParse(answer[`c${index}`]).data?.associatedPullRequests;
      const all = (found?.nodes ?? []).flatMap((pull) => pull ?? []);
      const own = all.filter((pull) => pull.repository.nameWithOwner.toLowerCase() === here);
      pulls.set(
        name,
        own.map(({ number, baseRefName }) => ({ number, branch: baseRefName })),
      );
    }
  }
  return pulls;
}
