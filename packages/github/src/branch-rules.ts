import { HttpFailure } from "@patchpilot/http";
import * as z from "zod";
import type { GitHub, RepositoryName } from "./client.ts";
import { readReply } from "./graphql.ts";

/** One rule of a ruleset for a branch, as GitHub names it. */
export type BranchRule = {
  readonly type: string;
  readonly parameters?: Readonly<Record<string, unknown>> | undefined;
};

/** The rules of a branch or a ruleset. */
export const rulesReply = z.array(
  z.looseObject({ type: z.string(), parameters: z.record(z.string(), z.unknown()).optional() }),
);

/**
 * The active rules for a branch, whether it exists or not: the first 100, in one request. None where the token may not
 * read them or GitHub knows no rulesets: the write then meets them.
 */
export async function readBranchRules(
  github: GitHub,
  repository: RepositoryName,
  branch: string,
): Promise<BranchRule[]> {
  try {
    const reply = await github.request("GET /repos/{owner}/{repo}/rules/branches/{branch}", {
      ...repository,
      branch,
      per_page: 100,
    });
    return readReply(rulesReply, reply.data, "GET a branch's rules");
  } catch (error) {
    if (error instanceof HttpFailure && ["not-found", "forbidden"].includes(error.kind)) return [];
    throw error;
  }
}
