import { isAncestor, listCommits, type NamedCommit, namedCommit } from "../../git/history.ts";
import type { GitSignature } from "../../git/objects.ts";
import { findEntry } from "../../git/trees.ts";
import { findSigner, signatureInstant } from "../../render/git.ts";
import { listChecks } from "../../state/actions/checks.ts";
import { isPull, listPullCommits } from "../../state/issues/pulls.ts";
import { encodeNodeId } from "../../state/node-id.ts";
import { connectInOrder, connectSorted, PAGING } from "../connection.ts";
import { type Arguments, fields, type ResolverContext, type ResolverTable, taking } from "../resolver.ts";
import { actorSource, issueSource, type ObjectSource, objectSource, type RefSource } from "../sources.ts";

export const gitFields: ResolverTable = {
  ...fields<RefSource>("Ref", {
    id: ({ repository, record }) => encodeNodeId("REF", repository.id, record.name),
    name: ({ record }) => record.name.replace(/^refs\/([^/]+\/)?/, ""),
    target: ({ repository, record }) => objectSource(repository, record.oid),
  }),
  ...fields<ObjectSource>("Commit", {
    oid: ({ oid }) => oid,
    message: (source) => readCommit(source).message,
    messageHeadline: (source) => readCommit(source).message.split("\n", 1)[0],
    committedDate: (source) => signatureInstant(readCommit(source).committer),
    author: (source) => readCommit(source).author,
    authoredDate: (source) => signatureInstant(readCommit(source).author),
    associatedPullRequests: taking(PAGING, associatedPulls, { pull_requests: "read" }),
    statusCheckRollup: taking([], rollUp, { checks: "read" }),
    tree: (source) => objectSource(source.repository, readCommit(source).tree),
    parents: taking(PAGING, (source, args) =>
      connectInOrder(readCommit(source).parents, args, (oid) => objectSource(source.repository, oid)),
    ),
    history: taking([...PAGING, "since", "until", "path"], history),
  }),
  ...fields<GitSignature>("GitActor", {
    // Of a bot's commits GitHub names no user.
    user: (signature, _, { world }) => {
      const signer = findSigner(world, signature);
      return signer?.type === "User" ? actorSource(signer) : null;
    },
  }),
  ...fields<ObjectSource>("Tree", { oid: ({ oid }) => oid }),
  ...fields<ObjectSource>("Blob", {
    oid: ({ oid }) => oid,
    text: ({ repository, oid }) => repository.git.blob(oid)?.toString("utf8") ?? null,
  }),
};

function readCommit({ repository, oid }: ObjectSource): NamedCommit {
  return namedCommit(repository.git, oid);
}

function rollUp({ repository, oid }: ObjectSource, _: Arguments, { view }: ResolverContext): unknown {
  const checks = listChecks(repository, oid, view.version("runs"));
  return checks.length === 0 ? null : { __typename: "StatusCheckRollup", checks };
}

/** The pull requests that a commit is of: off the default branch open ones, too. */
function associatedPulls(
  { repository, oid }: ObjectSource,
  args: Arguments,
  { view }: ResolverContext,
): unknown {
  const { git, defaultBranch } = repository;
  const main = git.refs.get(`refs/heads/${defaultBranch}`, view.version("refs"));
  const isOnMain = main !== undefined && isAncestor(git, oid, main);
  const pulls = repository.issues.list(view.version("pulls")).filter(isPull);
  const found = pulls
    .filter(({ pull, state }) => pull.mergedAt !== null || (!isOnMain && state === "open"))
    .filter(
      (record) => record.pull.mergeCommitOid === oid || listPullCommits(repository, record).includes(oid),
    );
  return connectSorted(found, args, { keyOf: ({ number }) => [number] }, (issue) =>
    issueSource(repository, issue),
  );
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
