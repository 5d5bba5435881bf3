import { namedCommit } from "../../git/history.ts";
import { type GitSignature, isTree, type ObjectType, type TreeObjectEntry } from "../../git/objects.ts";
import { changeTree, type FileChange } from "../../git/trees.ts";
import { renderGitCommit, renderTagObject } from "../../render/git.ts";
import { apiUrl } from "../../render/urls.ts";
import { stampSignature } from "../../state/code/commits.ts";
import { resolveCommit } from "../../state/code/refs.ts";
import { encodeNodeId } from "../../state/node-id.ts";
import { notFound, unprocessable } from "../../state/refusal.ts";
import { inRepository, type RepositoryCall, type RestOperations } from "../operation.ts";
import { created, okReply, type RestReply } from "../reply.ts";

export const gitObjectOperations: RestOperations = {
  "git/create-blob": inRepository({ contents: "write" }, { body: ["content", "encoding"] }, (call) => {
    const body = call.body as { content: string; encoding?: string };
    const data = Buffer.from(body.content, body.encoding === "base64" ? "base64" : "utf8");
    const sha = call.repository.git.writeBlob(data);
    return created({ url: `${apiUrl(call.world, call.repository)}/git/blobs/${sha}`, sha });
  }),
  "git/get-blob": inRepository({ contents: "read" }, {}, (call) => {
    const sha = call.path["file_sha"] ?? "";
    const data = call.repository.git.blob(sha);
    if (data === undefined) throw notFound();
    return okReply({
      sha,
      node_id: encodeNodeId("B", call.repository.id, sha),
      size: data.length,
      url: `${apiUrl(call.world, call.repository)}/git/blobs/${sha}`,
      content: data.toString("base64"),
      encoding: "base64",
    });
  }),
  "git/create-commit": inRepository(
    { contents: "write" },
    { body: ["message", "tree", "parents", "author", "committer"] },
    createCommit,
  ),
  "git/get-commit": inRepository({ contents: "read" }, {}, (call) => {
    const sha = call.path["commit_sha"] ?? "";
    if (call.repository.git.commit(sha) === undefined) throw notFound();
    return okReply(renderGitCommit(call.world, call.repository, namedCommit(call.repository.git, sha)));
  }),
  "git/get-tag": inRepository({ contents: "read" }, {}, (call) => {
    const sha = call.path["tag_sha"] ?? "";
    const tag = call.repository.git.tag(sha);
    if (tag === undefined) throw notFound();
    return okReply(renderTagObject(call.world, call.repository, sha, tag));
  }),
  "git/create-tag": inRepository(
    { contents: "write" },
    { body: ["tag", "message", "object", "type", "tagger"] },
    createTag,
  ),
  "git/create-tree": inRepository({ contents: "write" }, { body: ["tree", "base_tree"] }, createTree),
  "git/get-tree": inRepository({ contents: "read" }, { query: ["recursive"] }, (call) => {
    const name = call.path["tree_sha"] ?? "";
    const { git } = call.repository;
    const commit = resolveCommit(call.repository, name, call.view.version("refs"));
    const tree = commit === undefined ? name : git.commit(commit)?.tree;
    if (tree === undefined || git.tree(tree) === undefined) throw notFound();
    return okReply(renderTree(call, tree, call.query["recursive"] !== undefined));
  }),
};

type RequestedSignature = { readonly name: string; readonly email: string; readonly date?: string };

/** Makes the object alone: a ref to it is made by itself. */
function createTag(call: RepositoryCall): RestReply {
  const body = call.body as {
    tag: string;
    message: string;
    object: string;
    type: ObjectType;
    tagger?: RequestedSignature;
  };
  const { git } = call.repository;
  if (git.typeOf(body.object) !== body.type) throw unprocessable("Object does not exist");
  const own = stampSignature(call.world, call.token.actor);
  const tagger = body.tagger === undefined ? own : readSignature(body.tagger, own);
  const tag = {
    object: { oid: body.object, type: body.type },
    name: body.tag,
    tagger,
    message: body.message,
  };
  return created(renderTagObject(call.world, call.repository, git.writeTag(tag), tag));
}

function createCommit(call: RepositoryCall): RestReply {
  const { git } = call.repository;
  const body = call.body as {
    message: string;
    tree: string;
    parents?: string[];
    author?: RequestedSignature;
    committer?: RequestedSignature;
  };
  if (git.tree(body.tree) === undefined) throw unprocessable("Tree SHA does not exist");
  const parents = body.parents ?? [];
  if (parents.some((parent) => git.commit(parent) === undefined)) {
    throw unprocessable("Parent SHA does not exist or is not a commit object");
  }
  const own = stampSignature(call.world, call.token.actor);
  const author = body.author === undefined ? own : readSignature(body.author, own);
  const committer = body.committer === undefined ? author : readSignature(body.committer, own);
  const oid = git.writeCommit({ tree: body.tree, parents, author, committer, message: body.message });
  const rendered = renderGitCommit(call.world, call.repository, namedCommit(git, oid));
  return created(rendered);
}

function readSignature(requested: RequestedSignature, own: GitSignature): GitSignature {
  const seconds = requested.date === undefined ? own.seconds : Math.floor(Date.parse(requested.date) / 1000);
  return { name: requested.name, email: requested.email, seconds };
}

type RequestedEntry = {
  readonly path: string;
  readonly mode?: string;
  readonly type?: string;
  readonly sha?: string | null;
  readonly content?: string;
};

function createTree(call: RepositoryCall): RestReply {
  const { git } = call.repository;
  const body = call.body as { tree: RequestedEntry[]; base_tree?: string };
  const base =
    body.base_tree === undefined ? undefined : (git.commit(body.base_tree)?.tree ?? body.base_tree);
  if (base !== undefined && git.tree(base) === undefined)
    throw unprocessable("base_tree is not a valid tree oid");
  const changes = body.tree.map((entry): FileChange => {
    const oid = entry.content === undefined ? (entry.sha ?? null) : git.writeBlob(entry.content);
    if (oid !== null && git.typeOf(oid) === undefined && entry.mode !== "160000") {
      throw unprocessable(`tree.sha ${oid} is not a valid object`);
    }
    return { path: entry.path, mode: (entry.mode ?? "100644").replace(/^0/, ""), oid };
  });
  return created(renderTree(call, changeTree(git, base, changes), false));
}

function renderTree(call: RepositoryCall, tree: string, recursive: boolean): object {
  const url = `${apiUrl(call.world, call.repository)}/git`;
  const { git } = call.repository;
  const walk = (oid: string, prefix: string): object[] =>
    (git.tree(oid) ?? []).flatMap((entry) => {
      const path = `${prefix}${entry.name}`;
      const below = recursive && isTree(entry) ? walk(entry.oid, `${path}/`) : [];
      return [renderEntry(entry, path), ...below];
    });
  const renderEntry = (entry: TreeObjectEntry, path: string): object => {
    const type = isTree(entry) ? "tree" : entry.mode === "160000" ? "commit" : "blob";
    const size = type === "blob" ? { size: git.blob(entry.oid)?.length ?? 0 } : {};
    return {
      path,
      mode: entry.mode.padStart(6, "0"),
      type,
      sha: entry.oid,
      ...size,
      url: `${url}/${type}s/${entry.oid}`,
    };
  };
  return { sha: tree, url: `${url}/trees/${tree}`, tree: walk(tree, ""), truncated: false };
}
