import { extname } from "node:path";
import { listCommits, type NamedCommit, namedCommit } from "../../git/history.ts";
import { type GitSignature, isTree, type TreeObjectEntry } from "../../git/objects.ts";
import { findEntry } from "../../git/trees.ts";
import { commitPage, findSigner, signatureInstant } from "../../render/git.ts";
import { isPull } from "../../state/issues/pulls.ts";
import { encodeNodeId } from "../../state/node-id.ts";
import { connectInOrder, connectSorted, PAGING } from "../connection.ts";
import { type Arguments, fields, type ResolverContext, type ResolverTable, taking } from "../resolver.ts";
import {
  actorSource,
  issueSource,
  type ObjectSource,
  objectSource,
  type RefSource,
  repositorySource,
} from "../sources.ts";

type TreeEntrySource = ObjectSource & { readonly entry: TreeObjectEntry; readonly path: string };

const shared = (kind: "C" | "T" | "B") => ({
  id: ({ repository, oid }: ObjectSource) => encodeNodeId(kind, repository.id, oid),
  oid: ({ oid }: ObjectSource) => oid,
  abbreviatedOid: ({ oid }: ObjectSource) => oid.slice(0, 7),
  repository: ({ repository }: ObjectSource) => repositorySource(repository),
});

export const gitFields: ResolverTable = {
  ...fields<RefSource>("Ref", {
    id: ({ repository, record }) => encodeNodeId("REF", repository.id, record.name),
    name: ({ record }) => record.name.slice(refPrefix(record.name).length),
    prefix: ({ record }) => refPrefix(record.name),
    target: ({ repository, record }) => objectSource(repository, record.oid),
    repository: ({ repository }) => repositorySource(repository),
  }),
  ...fields<ObjectSource>("Commit", {
    ...shared("C"),
    message: (source) => readCommit(source).message,
    messageHeadline: (source) => readCommit(source).message.split("\n", 1)[0],
    messageBody: (source) => readCommit(source).message.split("\n").slice(1).join("\n").trim(),
    committedDate: (source) => signatureInstant(readCommit(source).committer),
    authoredDate: (source) => signatureInstant(readCommit(source).author),
    author: (source) => ({ ...readCommit(source).author, __typename: "GitActor" }),
    committer: (source) => ({ ...readCommit(source).committer, __typename: "GitActor" }),
    tree: (source) => objectSource(source.repository, readCommit(source).tree),
    url: ({ repository, oid }, _, { world }) => commitPage(world, repository, oid),
    parents: taking(PAGING, (source, args) =>
      connectInOrder(readCommit(source).parents, args, (oid) => objectSource(source.repository, oid)),
    ),
    file: taking(["path"], (source, { path }) => entryAt(source, readCommit(source).tree, path)),
    history: taking([...PAGING, "since", "until", "path"], history),
    associatedPullRequests: taking([...PAGING, "orderBy"], associatedPulls, { pull_requests: "read" }),
  }),
  ...fields<GitSignature>("GitActor", {
    name: ({ name }) => name,
    email: ({ email }) => email,
    date: (signature) => signatureInstant(signature),
    user: (signature, _, { world }) => {
      const identity = findSigner(world, signature);
      return identity?.type === "User" ? actorSource(identity) : null;
    },
  }),
  ...fields<ObjectSource>("Tree", {
    ...shared("T"),
    entries: ({ repository, oid }) =>
      (repository.git.tree(oid) ?? []).map((entry) => entrySource({ repository, oid }, entry, entry.name)),
  }),
  ...fields<TreeEntrySource>("TreeEntry", {
    name: ({ entry }) => entry.name,
    path: ({ path }) => path,
    oid: ({ entry }) => entry.oid,
    mode: ({ entry }) => Number.parseInt(entry.mode, 8),
    type: ({ entry }) => (isTree(entry) ? "tree" : entry.mode === "160000" ? "commit" : "blob"),
    extension: ({ entry }) => extname(entry.name),
    size: ({ repository, entry }) => repository.git.blob(entry.oid)?.length ?? 0,
    object: ({ repository, entry }) => objectSource(repository, entry.oid),
    repository: ({ repository }) => repositorySource(repository),
  }),
  ...fields<ObjectSource>("Blob", {
    ...shared("B"),
    byteSize: (source) => readBytes(source).length,
    isBinary: (source) => readBytes(source).includes(0),
    isTruncated: () => false,
    text: (source) => (readBytes(source).includes(0) ? null : readBytes(source).toString()),
  }),
};

/** `refs/heads/` and its kin; prefix and name together are always the full name. */
function refPrefix(name: string): string {
  return /^refs\/[^/]+\//.exec(name)?.[0] ?? "refs/";
}

function readCommit({ repository, oid }: ObjectSource): NamedCommit {
  return namedCommit(repository.git, oid);
}

function readBytes({ repository, oid }: ObjectSource): Buffer {
  return repository.git.blob(oid) ?? Buffer.alloc(0);
}

function entrySource(
  { repository, oid }: Pick<ObjectSource, "repository" | "oid">,
  entry: TreeObjectEntry,
  path: string,
): TreeEntrySource {
  return { __typename: "TreeEntry", repository, oid, entry, path };
}

function entryAt(source: ObjectSource, tree: string, path: string): TreeEntrySource | null {
  const entry = findEntry(source.repository.git, tree, path);
  const name = path.split("/").at(-1) ?? "";
  return entry === undefined ? null : entrySource(source, { ...entry, name }, path);
}

function history(source: ObjectSource, args: Arguments): unknown {
  const { git } = source.repository;
  const since = args["since"] == null ? Number.NEGATIVE_INFINITY : Date.parse(args["since"]) / 1000;
  const until = args["until"] == null ? Number.POSITIVE_INFINITY : Date.parse(args["until"]) / 1000;
  const path = args["path"] as string | null | undefined;
  const at = (tree: string | undefined): string | undefined =>
    tree === undefined ? undefined : findEntry(git, tree, path ?? "")?.oid;
  const touches = (commit: NamedCommit): boolean =>
    commit.parents.length === 0
      ? at(commit.tree) !== undefined
      : commit.parents.every((parent) => at(git.commit(parent)?.tree) !== at(commit.tree));
  const commits = listCommits(git, source.oid)
    .filter(({ committer }) => committer.seconds >= since && committer.seconds <= until)
    .filter((commit) => path == null || touches(commit));
  return connectInOrder(commits, args, (commit) => objectSource(source.repository, commit.oid));
}

/** The pull request that merged a commit, and those whose head it is. */
function associatedPulls(source: ObjectSource, args: Arguments, { view }: ResolverContext): unknown {
  const { repository, oid } = source;
  const pulls = repository.issues
    .list(view.version("pulls"))
    .filter(isPull)
    .filter(({ pull }) => pull.mergeCommitOid === oid || pull.headOid === oid);
  const { direction } = args["orderBy"] ?? { direction: "ASC" };
  return connectSorted(
    pulls,
    args,
    { keyOf: (pull) => [pull.number], descending: direction === "DESC" },
    (pull) => issueSource(repository, pull),
  );
}
