import { compareTrees } from "../../git/diff.ts";
import { isAncestor, listCommits, type NamedCommit, namedCommit, reachable } from "../../git/history.ts";
import { commitPage, signatureInstant } from "../../render/git.ts";
import { pageUrl } from "../../render/urls.ts";
import { announce } from "../events.ts";
import { announceIssue, closeIssue, reviseIssue } from "../issues/issues.ts";
import type { WriteScope } from "../scope.ts";

const NOWHERE = "0".repeat(40);
const MOST_COMMITS = 2048;

/** Follows a ref that moved: open pull requests of a branch move along, and branches and tags announce it. */
export function announceMove(
  scope: WriteScope,
  name: string,
  before: string | undefined,
  after: string | undefined,
): void {
  const branch = /^refs\/heads\/(.+)$/.exec(name)?.[1];
  if (branch === undefined && !name.startsWith("refs/tags/")) return;
  if (before === undefined || after === undefined) announceExistence(scope, name, after !== undefined);
  announcePush(scope, name, before, after);
  if (branch !== undefined && after !== undefined) scope.repository.knownBranches.set(name, after);
  if (branch !== undefined && after === undefined) scope.repository.knownBranches.delete(name);
  if (branch !== undefined) moveAlong(scope, branch, before, after);
}

/** Announces what real git pushed into the bare repository since the last look. */
export function noticePushes(scope: WriteScope): void {
  const { git, knownBranches } = scope.repository;
  const present = new Map(git.refs.list("refs/heads/").map(({ name, oid }) => [name, oid]));
  for (const name of new Set([...present.keys(), ...knownBranches.keys()])) {
    const [before, after] = [knownBranches.get(name), present.get(name)];
    if (before !== after) announceMove(scope, name, before, after);
  }
}

function moveAlong(
  scope: WriteScope,
  branch: string,
  before: string | undefined,
  after: string | undefined,
): void {
  for (const issue of scope.repository.issues.list()) {
    const { pull } = issue;
    if (pull === null || issue.state === "closed") continue;
    if (pull.headRef === branch && after === undefined) closeIssue(scope, issue.number, null);
    else if (pull.headRef === branch && after !== undefined) {
      const moved = reviseIssue(scope, issue, { pull: { ...pull, headOid: after } });
      announceIssue(scope, moved, "synchronize", { before: before ?? NOWHERE, after });
    } else if (pull.baseRef === branch && after !== undefined) {
      scope.repository.issues.set(issue.number, { ...issue, pull: { ...pull, baseOid: after } });
    }
  }
}

function announceExistence(scope: WriteScope, name: string, exists: boolean): void {
  const [, kind, ref] = /^refs\/(heads|tags)\/(.+)$/.exec(name) ?? [];
  announce(scope, {
    event: exists ? "create" : "delete",
    about: () => ({
      ref,
      ref_type: kind === "heads" ? "branch" : "tag",
      ...(exists ? { master_branch: scope.repository.defaultBranch, description: null } : {}),
      pusher_type: "user",
    }),
    ...(exists ? { ref: name } : {}),
  });
}

function announcePush(
  scope: WriteScope,
  ref: string,
  before: string | undefined,
  after: string | undefined,
): void {
  const { world, repository, hand } = scope;
  const { git } = repository;
  announce(scope, {
    event: "push",
    ref,
    sha: after ?? NOWHERE,
    about: () => {
      const known = before === undefined ? undefined : reachable(git, before);
      const isCommit = after !== undefined && git.commit(after) !== undefined;
      const pushed = isCommit && known !== undefined ? listCommits(git, after, known) : [];
      return {
        ref,
        before: before ?? NOWHERE,
        after: after ?? NOWHERE,
        created: before === undefined,
        deleted: after === undefined,
        forced: before !== undefined && after !== undefined && !isAncestor(git, before, after),
        base_ref: null,
        compare: `${pageUrl(world, repository)}/compare/${(before ?? NOWHERE).slice(0, 12)}...${(after ?? NOWHERE).slice(0, 12)}`,
        commits: pushed
          .slice(0, MOST_COMMITS)
          .reverse()
          .map((commit) => renderPushed(scope, commit)),
        head_commit: isCommit ? renderPushed(scope, namedCommit(git, after)) : null,
        pusher: { name: hand.actor.login, email: null },
      };
    },
  });
}

function renderPushed({ world, repository }: WriteScope, commit: NamedCommit): object {
  const files = compareTrees(repository.git, commit.parents[0], commit.oid);
  const listPaths = (status: string): string[] =>
    files.filter((file) => file.status === status).map((file) => file.path);
  return {
    id: commit.oid,
    tree_id: commit.tree,
    distinct: true,
    message: commit.message,
    timestamp: signatureInstant(commit.committer),
    url: commitPage(world, repository, commit.oid),
    author: { name: commit.author.name, email: commit.author.email },
    committer: { name: commit.committer.name, email: commit.committer.email },
    added: listPaths("added"),
    removed: listPaths("removed"),
    modified: listPaths("modified"),
  };
}
