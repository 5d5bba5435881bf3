import { isNotFound } from "@patchpilot/http";
import * as z from "zod";
import type { GitHub, RepositoryName } from "./client.ts";
import { readReply } from "./graphql.ts";

/** What lies between two commits. */
export type CommitComparison = {
  /** Oldest first, at most 100; `headline` is the first line of the message. */
  readonly commits: readonly { readonly sha: string; readonly date: string; readonly headline: string }[];
  /** Files that differ, at most 300. */
  readonly files: readonly string[];
};

const dated = z.object({ date: z.string().optional() }).nullish();
const comparisonSchema = z.object({
  commits: z.array(
    z.object({ sha: z.string(), commit: z.object({ committer: dated, author: dated, message: z.string() }) }),
  ),
  files: z.array(z.object({ filename: z.string() })).nullish(),
});

/**
 * Compares two commits in one request.
 * @returns null where the repository does not know one of them, or they have no common history.
 */
export async function compareCommits(
  github: GitHub,
  repository: RepositoryName,
  { base, head }: { readonly base: string; readonly head: string },
): Promise<CommitComparison | null> {
  try {
    const reply = await github.request("GET /repos/{owner}/{repo}/compare/{basehead}", {
      ...repository,
      basehead: `${base}...${head}`,
      per_page: 100,
    });
    const data = readReply(comparisonSchema, reply.data, "GET a comparison");
    return {
      commits: data.commits.map(({ sha, commit }) => ({
        sha,
        date: commit.committer?.date ?? commit.author?.date ?? "",
        headline: commit.message.split("\n", 1)[0] ?? "",
      })),
      files: (data.files ?? []).map(({ filename }) => filename),
    };
  } catch (error) {
    if (isNotFound(error)) return null;
    throw error;
  }
}
