import { type NamedCommit, peelTag } from "../git/history.ts";
import type { GitSignature, TagObject } from "../git/objects.ts";
import type { Ref } from "../git/ref-store.ts";
import type { GitHubAccount } from "../state/accounts/identity.ts";
import { encodeNodeId } from "../state/node-id.ts";
import type { Repository } from "../state/repository.ts";
import type { GitHubState } from "../state/world.ts";
import { apiUrl, pageUrl } from "./urls.ts";
import { renderUser } from "./user.ts";

export function renderRef(world: GitHubState, repository: Repository, ref: Ref): object {
  const url = apiUrl(world, repository);
  const type = repository.git.typeOf(ref.oid) ?? "commit";
  return {
    ref: ref.name,
    node_id: encodeNodeId("REF", repository.id, ref.name),
    url: `${url}/git/${ref.name}`,
    object: { sha: ref.oid, type, url: `${url}/git/${type}s/${ref.oid}` },
  };
}

/** A tag as the list of a repository's tags has it. */
export function renderTag(world: GitHubState, repository: Repository, ref: Ref): object {
  const name = ref.name.slice("refs/tags/".length);
  const url = apiUrl(world, repository);
  const commit = peelTag(repository.git, ref.oid);
  return {
    name,
    commit: { sha: commit, url: `${url}/commits/${commit}` },
    zipball_url: `${url}/zipball/${ref.name}`,
    tarball_url: `${url}/tarball/${ref.name}`,
    node_id: encodeNodeId("REF", repository.id, ref.name),
  };
}

/** An annotated tag (`git-tag`). */
export function renderTagObject(
  world: GitHubState,
  repository: Repository,
  oid: string,
  tag: TagObject,
): object {
  const url = `${apiUrl(world, repository)}/git`;
  const { oid: sha, type } = tag.object;
  return {
    node_id: encodeNodeId("T", repository.id, oid),
    sha: oid,
    url: `${url}/tags/${oid}`,
    tagger: renderSignature(tag.tagger),
    object: { sha, type, url: `${url}/${type}s/${sha}` },
    tag: tag.name,
    message: tag.message,
    verification: renderVerification(),
  };
}

/** A commit of the git database (`git-commit`). */
export function renderGitCommit(world: GitHubState, repository: Repository, commit: NamedCommit): object {
  const url = `${apiUrl(world, repository)}/git`;
  return {
    sha: commit.oid,
    node_id: encodeNodeId("C", repository.id, commit.oid),
    url: `${url}/commits/${commit.oid}`,
    html_url: commitPage(world, repository, commit.oid),
    author: renderSignature(commit.author),
    committer: renderSignature(commit.committer),
    tree: { sha: commit.tree, url: `${url}/trees/${commit.tree}` },
    message: commit.message,
    parents: renderParents(world, repository, commit, url),
    verification: renderVerification(),
  };
}

/** A commit of the history (`commit`). */
export function renderCommit(
  world: GitHubState,
  repository: Repository,
  commit: NamedCommit,
): Record<string, unknown> {
  const url = apiUrl(world, repository);
  return {
    sha: commit.oid,
    node_id: encodeNodeId("C", repository.id, commit.oid),
    url: `${url}/commits/${commit.oid}`,
    html_url: commitPage(world, repository, commit.oid),
    comments_url: `${url}/commits/${commit.oid}/comments`,
    commit: {
      author: renderSignature(commit.author),
      committer: renderSignature(commit.committer),
      message: commit.message,
      tree: { sha: commit.tree, url: `${url}/git/trees/${commit.tree}` },
      url: `${url}/git/commits/${commit.oid}`,
      comment_count: 0,
      verification: renderVerification(),
    },
    author: renderCommitUser(world, commit.author),
    committer: renderCommitUser(world, commit.committer),
    parents: renderParents(world, repository, commit, url),
  };
}

function renderParents(
  world: GitHubState,
  repository: Repository,
  { parents }: NamedCommit,
  url: string,
): object[] {
  return parents.map((sha) => ({
    sha,
    url: `${url}/commits/${sha}`,
    html_url: commitPage(world, repository, sha),
  }));
}

export function commitPage(world: GitHubState, repository: Repository, oid: string): string {
  return `${pageUrl(world, repository)}/commit/${oid}`;
}

/** A signature's instant as GitHub writes it. */
export function signatureInstant(signature: GitSignature): string {
  return `${new Date(signature.seconds * 1000).toISOString().slice(0, 19)}Z`;
}

/** The account behind a signature: the id in its no-reply address, else an account of that name. */
export function findSigner(world: GitHubState, signature: GitSignature): GitHubAccount | undefined {
  const login = /^\d+\+(.+)@users\.noreply\.github\.com$/.exec(signature.email)?.[1] ?? signature.name;
  return world.identity(login);
}

function renderSignature(signature: GitSignature): object {
  return { name: signature.name, email: signature.email, date: signatureInstant(signature) };
}

function renderCommitUser(world: GitHubState, signature: GitSignature): object | null {
  const identity = findSigner(world, signature);
  return identity === undefined ? null : renderUser(world, identity);
}

function renderVerification(): object {
  return { verified: false, reason: "unsigned", signature: null, payload: null, verified_at: null };
}
