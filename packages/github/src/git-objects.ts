import { HttpFailure } from "@patchpilot/http";
import * as z from "zod";
import type { GitHub, RepositoryName } from "./client.ts";
import { readReply } from "./graphql.ts";
import { nodes, repositoryReply } from "./repository-query.ts";

/** One entry of a tree. Modes are six octal digits, as git writes them. */
export type GitTreeEntry = {
  readonly name: string;
  readonly mode: string;
  readonly type: "blob" | "tree" | "commit";
  readonly oid: string;
};

/** A change of one path of a tree; `oid: null` takes the path away. */
export type TreeChange = {
  readonly path: string;
  readonly mode: "100644" | "100755";
  readonly oid: string | null;
};

const stored = z.object({ sha: z.string() });
const entriesSchema = z.object({
  tree: z.array(
    stored.extend({ path: z.string(), mode: z.string(), type: z.enum(["blob", "tree", "commit"]) }),
  ),
});
const blobSchema = z.object({ content: z.string(), encoding: z.string() });

/** Reads the tree of a commit. */
export async function readCommitTree(
  github: GitHub,
  repository: RepositoryName,
  commit: string,
): Promise<string> {
  const reply = await github.request("GET /repos/{owner}/{repo}/git/commits/{commit_sha}", {
    ...repository,
    commit_sha: commit,
  });
  return readReply(z.object({ tree: stored }), reply.data, "GET a commit").tree.sha;
}

/** Reads the entries of one tree, not of those below it. */
async function readTree(github: GitHub, repository: RepositoryName, tree: string): Promise<GitTreeEntry[]> {
  const reply = await github.request("GET /repos/{owner}/{repo}/git/trees/{tree_sha}", {
    ...repository,
    tree_sha: tree,
  });
  return readReply(entriesSchema, reply.data, "GET a tree").tree.map((entry) => ({
    name: entry.path,
    mode: entry.mode,
    type: entry.type,
    oid: entry.sha,
  }));
}

/** Every plain file of a tree with its blob, in one request. Where GitHub cuts the list, the rest is missing. */
export async function listBlobs(
  github: GitHub,
  repository: RepositoryName,
  tree: string,
): Promise<Map<string, string>> {
  const reply = await github.request("GET /repos/{owner}/{repo}/git/trees/{tree_sha}", {
    ...repository,
    tree_sha: tree,
    recursive: "1",
  });
  const entries = readReply(entriesSchema, reply.data, "GET a whole tree").tree;
  return new Map(
    entries.flatMap(({ path, mode, sha }) => (mode.startsWith("100") ? [[path, sha] as const] : [])),
  );
}

/**
 * Looks up paths and the folders above them in a tree, one request a folder.
 * @returns what exists, by path; a path that does not exist is absent.
 */
export async function lookUpPaths(
  github: GitHub,
  repository: RepositoryName,
  tree: string,
  paths: readonly string[],
): Promise<Map<string, GitTreeEntry>> {
  const found = new Map<string, GitTreeEntry>();
  const readFolder = async (folder: string, oid: string): Promise<void> => {
    const below = folder === "" ? "" : `${folder}/`;
    const wanted = new Set(
      paths
        .filter((path) => path.startsWith(below))
        .map((path) => path.slice(below.length).split("/")[0] ?? ""),
    );
    if (wanted.size === 0) return;
    for (const entry of await readTree(github, repository, oid))
      if (wanted.has(entry.name)) found.set(`${below}${entry.name}`, entry);
    for (const name of wanted) {
      const path = `${below}${name}`;
      const entry = found.get(path);
      const deeper = paths.some((other) => other.startsWith(`${path}/`));
      if (entry?.type === "tree" && deeper) await readFolder(path, entry.oid);
    }
  };
  await readFolder("", tree);
  return found;
}

/** Reads the bytes of a blob. */
export async function readBlob(github: GitHub, repository: RepositoryName, oid: string): Promise<Buffer> {
  const reply = await github.request("GET /repos/{owner}/{repo}/git/blobs/{file_sha}", {
    ...repository,
    file_sha: oid,
  });
  const { content, encoding } = readReply(blobSchema, reply.data, "GET a blob");
  return Buffer.from(content, encoding === "base64" ? "base64" : "utf8");
}

/** Stores bytes as a blob. Storing the same bytes twice gives the same blob. */
export async function createBlob(
  github: GitHub,
  repository: RepositoryName,
  content: Uint8Array,
): Promise<string> {
  const reply = await github.request("POST /repos/{owner}/{repo}/git/blobs", {
    ...repository,
    content: Buffer.from(content).toString("base64"),
    encoding: "base64",
  });
  return readReply(stored, reply.data, "POST a blob").sha;
}

/** Makes the tree that results from changing some paths of another. */
export async function createTree(
  github: GitHub,
  repository: RepositoryName,
  base: string,
  changes: readonly TreeChange[],
): Promise<string> {
  const reply = await github.request("POST /repos/{owner}/{repo}/git/trees", {
    ...repository,
    base_tree: base,
    tree: changes.map(({ path, mode, oid }) => ({ path, mode, type: "blob" as const, sha: oid })),
  });
  return readReply(stored, reply.data, "POST a tree").sha;
}

/** The newest commit of a branch, with what it stands on. */
export type BranchTip = {
  readonly oid: string;
  readonly tree: string;
  readonly parents: readonly string[];
};

const TIP = `query BranchTip($owner: String!, $repo: String!, $ref: String!) {
  repository(owner: $owner, name: $repo) {
    ref(qualifiedName: $ref) { target { oid ... on Commit { tree { oid } parents(first: 2) { nodes { oid } } } } }
  }
}`;
const named = z.looseObject({ oid: z.string() });
const tipSchema = named.extend({ tree: named, parents: nodes(named) });
const tipReply = repositoryReply({ ref: z.looseObject({ target: tipSchema.nullable() }).nullable() });

/** Reads the tip of a branch; undefined where there is no such branch. */
export async function readBranchTip(
  github: GitHub,
  repository: RepositoryName,
  branch: string,
): Promise<BranchTip | undefined> {
  const reply = await github.query(TIP, { ...repository, ref: `refs/heads/${branch}` }, tipReply);
  const target = reply.repository.ref?.target;
  if (!target) return undefined;
  return { oid: target.oid, tree: target.tree.oid, parents: target.parents.nodes.map(({ oid }) => oid) };
}

/**
 * Makes a branch on a commit. `exists`: a branch of that name is there already and stays as it is. After a lost reply
 * only a read shows whether it was made; if it was not, it is asked for once more.
 * @throws HttpFailure
 */
export async function createBranch(
  github: GitHub,
  repository: RepositoryName,
  branch: string,
  commit: string,
): Promise<"made" | "exists"> {
  const look = async () => {
    const tip = await readBranchTip(github, repository, branch);
    return tip && (tip.oid === commit ? "made" : "exists");
  };
  const first = await postBranch(github, repository, branch, commit);
  if (typeof first === "string") return first;
  const there = await look();
  if (there !== undefined) return there;
  const second = await postBranch(github, repository, branch, commit);
  if (second === "made") return second;
  const now = await look();
  if (now === undefined) throw second === "exists" ? first : second;
  return now;
}

/** @returns the failure where the reply was lost */
async function postBranch(
  github: GitHub,
  repository: RepositoryName,
  branch: string,
  commit: string,
): Promise<"made" | "exists" | HttpFailure> {
  try {
    await github.request("POST /repos/{owner}/{repo}/git/refs", {
      ...repository,
      ref: `refs/heads/${branch}`,
      sha: commit,
    });
    return "made";
  } catch (error) {
    if (!(error instanceof HttpFailure)) throw error;
    if (error.status === 422 && /already exists/i.test(error.detail ?? "")) return "exists";
    if (error.kind === "ambiguous") return error;
    throw error;
  }
}
