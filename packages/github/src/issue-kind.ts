import { HttpFailure } from "@patchpilot/http";
import type { GitHub, RepositoryName } from "./client.ts";

/** What a number of a repository names; undefined: nothing that the token can see. */
export async function readIssueKind(
  github: GitHub,
  repository: RepositoryName,
  number: number,
): Promise<"issue" | "pull-request" | undefined> {
  try {
    const reply = await github.request("GET /repos/{owner}/{repo}/issues/{issue_number}", {
      ...repository,
      issue_number: number,
    });
    return reply.data.pull_request === undefined ? "issue" : "pull-request";
  } catch (error) {
    if (error instanceof HttpFailure && ["not-found", "forbidden"].includes(error.kind)) return undefined;
    throw error;
  }
}
