import { readIfThere } from "@patchpilot/http";
import * as z from "zod";
import type { GitHub, RepositoryName } from "./client.ts";
import { readReply } from "./graphql.ts";

const variableSchema = z.object({ value: z.string() });

/** The value of a repository's variable; undefined: there is none. A job's own token may read none. */
export async function readVariable(
  github: GitHub,
  place: RepositoryName,
  name: string,
): Promise<string | undefined> {
  const reply = await readIfThere(() =>
    github.request("GET /repos/{owner}/{repo}/actions/variables/{name}", { ...place, name }),
  );
  return reply && readReply(variableSchema, reply.data, "GET a variable").value;
}

/** Sets a variable, which is made if it `isNew`. */
export async function writeVariable(
  github: GitHub,
  repository: RepositoryName,
  { name, value, isNew }: { readonly name: string; readonly value: string; readonly isNew: boolean },
): Promise<void> {
  const body = { ...repository, name, value };
  if (isNew) await github.request("POST /repos/{owner}/{repo}/actions/variables", body);
  else await github.request("PATCH /repos/{owner}/{repo}/actions/variables/{name}", body);
}
