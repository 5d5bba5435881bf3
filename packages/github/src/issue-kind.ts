import { HttpFailure } from "@patchpilot/http";
import * as z from "zod";
import type { GitHub, RepositoryName } from "./client.ts";
import { readReply } from "./graphql.ts";

const kindSchema = z.object({ number: z.number(), pull_request: z.unknown().optional() });

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
    const { pull_request: pull } = readReply(kindSchema, reply.data, "GET an issue");
    return pull === undefined ? "issue" : "pull-request";
  } catch (error) {
    if (error instanceof HttpFailure && ["not-found", "forbidden"].includes(error.kind)) return undefined;
    throw error;
  }
}
