import { encodeNodeId } from "../state/node-id.ts";
import type { Repository } from "../state/repository.ts";
import type { GitHubState } from "../state/world.ts";
import { apiUrl, pageUrl } from "./urls.ts";
import { renderUser } from "./user.ts";

const minimal = new WeakMap<Repository, object>();

/** A repository inside another reply (`minimal-repository`). It never changes, so it is written once. */
export function renderMinimalRepository(world: GitHubState, repository: Repository): object {
  const known = minimal.get(repository) ?? minimalRepository(world, repository);
  minimal.set(repository, known);
  return known;
}

/** A repository by itself and in webhook payloads (`full-repository`, `repository-webhooks`). */
export function renderRepository(world: GitHubState, repository: Repository): object {
  const page = pageUrl(world, repository);
  const { settings } = repository;
  const openIssues = repository.issues.list().filter((issue) => issue.state === "open").length;
  return {
    ...renderMinimalRepository(world, repository),
    fork: settings.fork,
    git_url: `git://${page.replace(/^https?:\/\//, "")}.git`,
    ssh_url: `git@github.com:${repository.fullName}.git`,
    clone_url: `${page}.git`,
    svn_url: page,
    mirror_url: null,
    homepage: null,
    language: null,
    forks: 0,
    forks_count: 0,
    stargazers_count: 0,
    watchers: 0,
    watchers_count: 0,
    network_count: 0,
    subscribers_count: 0,
    size: 0,
    default_branch: repository.defaultBranch,
    open_issues: openIssues,
    open_issues_count: openIssues,
    is_template: false,
    topics: [],
    has_issues: settings.hasIssues,
    has_projects: true,
    has_wiki: false,
    has_pages: false,
    has_downloads: true,
    has_discussions: false,
    archived: settings.archived,
    disabled: false,
    visibility: repository.private ? (settings.internal ? "internal" : "private") : "public",
    allow_forking: true,
    web_commit_signoff_required: false,
    license: null,
    pushed_at: repository.createdAt,
    created_at: repository.createdAt,
    updated_at: repository.createdAt,
  };
}

function minimalRepository(world: GitHubState, repository: Repository): object {
  const url = apiUrl(world, repository);
  const owner = world.identity(repository.owner);
  if (owner === undefined)
    throw new Error(`The owner of ${repository.fullName} is not an account of the world.`);
  return {
    id: repository.id,
    node_id: repositoryNodeId(repository),
    name: repository.name,
    full_name: repository.fullName,
    private: repository.private,
    owner: renderUser(world, owner),
    html_url: pageUrl(world, repository),
    description: null,
    fork: false,
    url,
    ...Object.fromEntries(
      Object.entries(SUB_RESOURCES).map(([name, path]) => [name, `${url}/${path}`] as const),
    ),
  };
}

export function repositoryNodeId(repository: Repository): string {
  return encodeNodeId("R", repository.id, "repository");
}

const SUB_RESOURCES = {
  archive_url: "{archive_format}{/ref}",
  assignees_url: "assignees{/user}",
  blobs_url: "git/blobs{/sha}",
  branches_url: "branches{/branch}",
  collaborators_url: "collaborators{/collaborator}",
  comments_url: "comments{/number}",
  commits_url: "commits{/sha}",
  compare_url: "compare/{base}...{head}",
  contents_url: "contents/{+path}",
  contributors_url: "contributors",
  deployments_url: "deployments",
  downloads_url: "downloads",
  events_url: "events",
  forks_url: "forks",
  git_commits_url: "git/commits{/sha}",
  git_refs_url: "git/refs{/sha}",
  git_tags_url: "git/tags{/sha}",
  hooks_url: "hooks",
  issue_comment_url: "issues/comments{/number}",
  issue_events_url: "issues/events{/number}",
  issues_url: "issues{/number}",
  keys_url: "keys{/key_id}",
  labels_url: "labels{/name}",
  languages_url: "languages",
  merges_url: "merges",
  milestones_url: "milestones{/number}",
  notifications_url: "notifications{?since,all,participating}",
  pulls_url: "pulls{/number}",
  releases_url: "releases{/id}",
  stargazers_url: "stargazers",
  statuses_url: "statuses/{sha}",
  subscribers_url: "subscribers",
  subscription_url: "subscription",
  tags_url: "tags",
  teams_url: "teams",
  trees_url: "git/trees{/sha}",
};
