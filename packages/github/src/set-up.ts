import { HttpFailure } from "@patchpilot/http";
import * as z from "zod";
import type { GitHub, RepositoryName } from "./client.ts";
import { readReply } from "./graphql.ts";

/** A workflow file that GitHub knows. */
export type KnownWorkflow = {
  readonly path: string;
  /** `active`, `disabled_manually`, `disabled_inactivity`, … */
  readonly state: string;
};

/** A label as it is made. */
export type LabelDraft = { readonly name: string; readonly color: string; readonly description: string };

const workflowsSchema = z.object({ workflows: z.array(z.object({ path: z.string(), state: z.string() })) });
const visibilitySchema = z.object({ visibility: z.string().optional(), private: z.boolean() });
const countedSchema = z.array(z.unknown());
const namesSchema = z.array(z.object({ name: z.string() }));

/** Workflows of the repository, at most 100. */
export async function listKnownWorkflows(
  github: GitHub,
  repository: RepositoryName,
): Promise<KnownWorkflow[]> {
  const reply = await github.request("GET /repos/{owner}/{repo}/actions/workflows", {
    ...repository,
    per_page: 100,
  });
  return readReply(workflowsSchema, reply.data, "GET the workflows").workflows;
}

/** Who may see the repository: `public`, `private` or `internal`. */
export async function readVisibility(github: GitHub, repository: RepositoryName): Promise<string> {
  const reply = await github.request("GET /repos/{owner}/{repo}", { ...repository });
  const { visibility, private: isPrivate } = readReply(visibilitySchema, reply.data, "GET the repository");
  return visibility ?? (isPrivate ? "private" : "public");
}

/** Asks for one pull request: it answers only if the token may read them. @returns how many came */
export async function countPulls(github: GitHub, repository: RepositoryName): Promise<number> {
  const reply = await github.request("GET /repos/{owner}/{repo}/pulls", {
    ...repository,
    state: "all",
    per_page: 1,
  });
  return readReply(countedSchema, reply.data, "GET a pull request").length;
}

const LABEL_PAGES = 10;

/** Names of the repository's labels, at most 1,000. */
export async function listLabelNames(github: GitHub, repository: RepositoryName): Promise<string[]> {
  const names: string[] = [];
  for (let page = 1; page <= LABEL_PAGES; page += 1) {
    const reply = await github.request("GET /repos/{owner}/{repo}/labels", {
      ...repository,
      per_page: 100,
      page,
    });
    const labels = readReply(namesSchema, reply.data, "GET the labels");
    names.push(...labels.map(({ name }) => name));
    if (labels.length < 100) break;
  }
  return names;
}

/** Makes a label; one that exists stays as it is. GitHub refuses both to a token that may not write issues. */
export async function ensureLabel(
  github: GitHub,
  repository: RepositoryName,
  label: LabelDraft,
): Promise<"made" | "exists"> {
  try {
    await github.request("POST /repos/{owner}/{repo}/labels", { ...repository, ...label });
    return "made";
  } catch (error) {
    if (error instanceof HttpFailure && error.detail?.includes("already_exists")) return "exists";
    throw error;
  }
}

/** Deletes a ref, given by its full name. */
export async function removeRef(github: GitHub, repository: RepositoryName, name: string): Promise<void> {
  await github.request("DELETE /repos/{owner}/{repo}/git/refs/{ref}", {
    ...repository,
    ref: name.replace(/^refs\//, ""),
  });
}
