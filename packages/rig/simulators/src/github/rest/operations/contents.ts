import { compareTrees, type FileDifference } from "../../git/diff.ts";
import { listCommits, mergeBase, type NamedCommit, namedCommit, reachable } from "../../git/history.ts";
import { isTree, type TreeObjectEntry } from "../../git/objects.ts";
import { findEntry } from "../../git/trees.ts";
import { findSigner, renderCommit } from "../../render/git.ts";
import { apiUrl, pageUrl } from "../../render/urls.ts";
import { resolveCommit } from "../../state/code/refs.ts";
import { notFound, unprocessable } from "../../state/refusal.ts";
import { inRepository, type RepositoryCall, type RestOperations } from "../operation.ts";
import { pageReply, readPage } from "../pages.ts";
import { okReply, type RestReply } from "../reply.ts";

export const contentOperations: RestOperations = {
  "repos/get-content": inRepository({ contents: "read" }, { query: ["ref"] }, getContent),
  "repos/list-commits": inRepository(
    { contents: "read" },
    { query: ["sha", "path", "author", "since", "until", "per_page", "page"] },
    listHistory,
  ),
  "repos/get-commit": inRepository({ contents: "read" }, { query: ["per_page", "page"] }, (call) => {
    const oid = resolveCommit(call.repository, call.path["ref"] ?? "", call.view.version("refs"));
    if (oid === undefined) throw unprocessable(`No commit found for SHA: ${call.path["ref"]}`);
    const commit = namedCommit(call.repository.git, oid);
    const files = compareTrees(call.repository.git, commit.parents[0], oid);
    return okReply({
      ...renderCommit(call.world, call.repository, commit),
      stats: countLines(files),
      files: readPage(call, files).items.map((file) => renderDifference(call, file, oid)),
    });
  }),
  "repos/compare-commits-with-basehead": inRepository(
    { contents: "read" },
    { query: ["per_page", "page"] },
    compare,
  ),
};

function getContent(call: RepositoryCall): RestReply {
  const { git, defaultBranch } = call.repository;
  const path = (call.path["path"] ?? "").replace(/\/$/, "");
  const ref = String(call.query["ref"] ?? defaultBranch);
  const commit = resolveCommit(call.repository, ref, call.view.version("refs"));
  if (commit === undefined) throw notFound(`No commit found for the ref ${ref}`);
  const entry = findEntry(git, git.commit(commit)?.tree ?? "", path);
  if (entry === undefined) throw notFound();
  if (isTree(entry)) {
    const entries = git.tree(entry.oid) ?? [];
    return okReply(
      entries.map((child) =>
        renderEntry(call, child, path === "" ? child.name : `${path}/${child.name}`, ref),
      ),
    );
  }
  const data = git.blob(entry.oid) ?? Buffer.alloc(0);
  if (/\.raw\b/.test(call.accept)) return okReply(data);
  const file = renderEntry(call, { ...entry, name: path.split("/").at(-1) ?? "" }, path, ref);
  return okReply({ ...file, encoding: "base64", content: data.toString("base64").replace(/.{60}/g, "$&\n") });
}

function renderEntry(call: RepositoryCall, entry: TreeObjectEntry, path: string, ref: string): object {
  const api = apiUrl(call.world, call.repository);
  const page = pageUrl(call.world, call.repository);
  const type = isTree(entry) ? "dir" : "file";
  const kind = type === "dir" ? "tree" : "blob";
  const url = `${api}/contents/${encodeURI(path)}?ref=${encodeURIComponent(ref)}`;
  const git_url = `${api}/git/${kind}s/${entry.oid}`;
  const html_url = `${page}/${kind}/${ref}/${encodeURI(path)}`;
  return {
    type,
    name: entry.name,
    path,
    sha: entry.oid,
    size: type === "dir" ? 0 : (call.repository.git.blob(entry.oid)?.length ?? 0),
    url,
    git_url,
    html_url,
    download_url: type === "dir" ? null : `${page}/raw/${ref}/${encodeURI(path)}`,
    _links: { self: url, git: git_url, html: html_url },
  };
}

function listHistory(call: RepositoryCall): RestReply {
  const { query, repository } = call;
  const name = String(query["sha"] ?? repository.defaultBranch);
  const head = resolveCommit(repository, name, call.view.version("refs"));
  if (head === undefined) throw notFound();
  const within = ({ committer }: NamedCommit): boolean =>
    (query["since"] === undefined || committer.seconds * 1000 >= Date.parse(String(query["since"]))) &&
    (query["until"] === undefined || committer.seconds * 1000 <= Date.parse(String(query["until"])));
  const byAuthor = ({ author }: NamedCommit): boolean =>
    query["author"] === undefined ||
    author.email === query["author"] ||
    findSigner(call.world, author)?.login === query["author"];
  const path = query["path"] as string | undefined;
  const commits = listCommits(repository.git, head)
    .filter(within)
    .filter(byAuthor)
    .filter((commit) => path === undefined || touches(call, commit, path));
  return pageReply(call, commits, (commit) => renderCommit(call.world, repository, commit));
}

/** Whether a commit changed what is at a path, against every parent, as `git log -- path` sees it. */
function touches({ repository: { git } }: RepositoryCall, commit: NamedCommit, path: string): boolean {
  const at = (tree: string | undefined): string | undefined =>
    tree === undefined ? undefined : findEntry(git, tree, path)?.oid;
  const now = at(commit.tree);
  if (commit.parents.length === 0) return now !== undefined;
  return commit.parents.every((parent) => at(git.commit(parent)?.tree) !== now);
}

function compare(call: RepositoryCall): RestReply {
  const { repository, world } = call;
  const { git } = repository;
  const names = (call.path["basehead"] ?? "").split("...");
  const version = call.view.version("refs");
  const [base, head] = names.map((name) => resolveCommit(repository, name, version));
  if (names.length !== 2 || base === undefined || head === undefined) throw notFound();
  const common = mergeBase(git, base, head);
  if (common === undefined) throw notFound("No common ancestor between the two commits.");
  const ahead = listCommits(git, head, reachable(git, base));
  const behind = listCommits(git, base, reachable(git, head));
  const page = readPage(call, [...ahead].reverse());
  const url = `${pageUrl(world, repository)}/compare/${names.join("...")}`;
  const body = {
    url: `${apiUrl(world, repository)}/compare/${names.join("...")}`,
    html_url: url,
    permalink_url: `${pageUrl(world, repository)}/compare/${base}...${head}`,
    diff_url: `${url}.diff`,
    patch_url: `${url}.patch`,
    base_commit: renderCommit(world, repository, namedCommit(git, base)),
    merge_base_commit: renderCommit(world, repository, namedCommit(git, common)),
    status: describeStatus(ahead.length, behind.length),
    ahead_by: ahead.length,
    behind_by: behind.length,
    total_commits: ahead.length,
    commits: page.items.map((commit) => renderCommit(world, repository, commit)),
    files: compareTrees(git, common, head).map((file) => renderDifference(call, file, head)),
  };
  return { status: 200, body, headers: page.headers };
}

function describeStatus(ahead: number, behind: number): string {
  if (ahead > 0 && behind > 0) return "diverged";
  return ahead > 0 ? "ahead" : behind > 0 ? "behind" : "identical";
}

function countLines(files: readonly FileDifference[]): {
  additions: number;
  deletions: number;
  total: number;
} {
  const additions = files.reduce((sum, file) => sum + file.additions, 0);
  const deletions = files.reduce((sum, file) => sum + file.deletions, 0);
  return { additions, deletions, total: additions + deletions };
}

/** One changed file as REST writes it (`diff-entry`). */
export function renderDifference(call: RepositoryCall, file: FileDifference, oid: string): object {
  const page = pageUrl(call.world, call.repository);
  return {
    sha: file.oid,
    filename: file.path,
    status: file.status,
    additions: file.additions,
    deletions: file.deletions,
    changes: file.additions + file.deletions,
    blob_url: `${page}/blob/${oid}/${encodeURIComponent(file.path)}`,
    raw_url: `${page}/raw/${oid}/${encodeURIComponent(file.path)}`,
    contents_url: `${apiUrl(call.world, call.repository)}/contents/${encodeURIComponent(file.path)}?ref=${oid}`,
    ...(file.patch === undefined ? {} : { patch: file.patch }),
  };
}
