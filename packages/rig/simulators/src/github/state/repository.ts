import { createMemoryGit, type GitStore, openBareGit } from "../git/git-store.ts";
import { writeFiles } from "../git/trees.ts";
import { commitEmail, type GitHubAccount } from "./accounts/identity.ts";
import type { Ruleset } from "./code/ruleset.ts";
import type {
  ActionsJobRecord,
  ActionsRunRecord,
  ArtifactRecord,
  CheckRunRecord,
  CollaboratorRole,
  CommentRecord,
  DeploymentRecord,
  DeploymentStatusRecord,
  IssueRecord,
  LabelRecord,
  ReviewRecord,
  TimelineRecord,
  VariableRecord,
  WorkflowStateRecord,
} from "./records.ts";
import type {
  AttestationRecord,
  ReleaseAssetRecord,
  ReleaseRecord,
  TagLock,
} from "./releases/release-records.ts";
import { NEW_SETTINGS, type OwnerSettings } from "./settings.ts";
import { VersionedTable, type Versions } from "./table.ts";

export type RepositoryRequest = {
  readonly owner: string;
  readonly name: string;
  /** The database id; one is given where it is absent. */
  readonly id?: number;
  readonly defaultBranch?: string;
  readonly private?: boolean;
  /** The first commit's files by path. Ignored where `gitDir` has commits already. */
  readonly files?: Readonly<Record<string, string | Buffer>>;
  /** A bare repository, made where there is none. Absent: git objects live in memory. */
  readonly gitDir?: string;
  /** No commit yet, as right after a repository was made. */
  readonly empty?: boolean;
};

/** One repository's whole state. Everything but git lives in versioned tables. */
export type Repository = {
  readonly id: number;
  readonly owner: string;
  readonly name: string;
  readonly fullName: string;
  readonly private: boolean;
  readonly defaultBranch: string;
  readonly createdAt: string;
  readonly git: GitStore;
  readonly issues: VersionedTable<number, IssueRecord>;
  readonly comments: VersionedTable<number, CommentRecord>;
  readonly labels: VersionedTable<number, LabelRecord>;
  readonly timeline: VersionedTable<number, TimelineRecord>;
  readonly runs: VersionedTable<number, ActionsRunRecord>;
  readonly jobs: VersionedTable<number, ActionsJobRecord>;
  readonly artifacts: VersionedTable<number, ArtifactRecord>;
  readonly reviews: VersionedTable<number, ReviewRecord>;
  readonly deployments: VersionedTable<number, DeploymentRecord>;
  readonly deploymentStatuses: VersionedTable<number, DeploymentStatusRecord>;
  readonly checkRuns: VersionedTable<number, CheckRunRecord>;
  readonly releases: VersionedTable<number, ReleaseRecord>;
  readonly releaseAssets: VersionedTable<number, ReleaseAssetRecord>;
  readonly attestations: VersionedTable<number, AttestationRecord>;
  /** Releases that are published from now on are immutable. */
  immutableReleases: boolean;
  /** By full ref, tags that immutable releases hold or have held. */
  readonly tagLocks: Map<string, TagLock>;
  /** Roles by login in lower case. */
  readonly roles: Map<string, CollaboratorRole>;
  /** By path, the workflows whose state was ever changed. */
  readonly workflowStates: VersionedTable<string, WorkflowStateRecord>;
  /** By name in upper case. */
  readonly variables: VersionedTable<string, VariableRecord>;
  rulesets: readonly Ruleset[];
  settings: OwnerSettings;
  /** Branches as they were last announced; real git may have moved them since. */
  readonly knownBranches: Map<string, string>;
  readonly takeNumber: () => number;
};

/** Makes a repository, with one commit on its default branch unless it shall be empty or has some. */
export function createRepository(
  request: RepositoryRequest & { readonly id: number },
  setting: { readonly versions: Versions; readonly now: string; readonly founder: GitHubAccount },
): Repository {
  const { versions } = setting;
  const defaultBranch = request.defaultBranch ?? "main";
  const git =
    request.gitDir === undefined ? createMemoryGit(versions) : openBareGit(request.gitDir, defaultBranch);
  if (request.empty !== true && git.refs.list("refs/heads/").length === 0)
    seed(git, defaultBranch, request.files, setting);
  let lastNumber = 0;
  return {
    id: request.id,
    owner: request.owner,
    name: request.name,
    fullName: `${request.owner}/${request.name}`,
    private: request.private ?? true,
    defaultBranch,
    createdAt: setting.now,
    git,
    issues: new VersionedTable(versions),
    comments: new VersionedTable<number, CommentRecord>(versions, (comment) => comment.issueNumber),
    labels: new VersionedTable(versions),
    timeline: new VersionedTable<number, TimelineRecord>(versions, (entry) => entry.issueNumber),
    runs: new VersionedTable(versions),
    jobs: new VersionedTable<number, ActionsJobRecord>(versions, (job) => job.runId),
    artifacts: new VersionedTable<number, ArtifactRecord>(versions, (artifact) => artifact.runId),
    reviews: new VersionedTable<number, ReviewRecord>(versions, (review) => review.number),
    deployments: new VersionedTable(versions),
    deploymentStatuses: new VersionedTable<number, DeploymentStatusRecord>(
      versions,
      (status) => status.deploymentId,
    ),
    checkRuns: new VersionedTable(versions),
    ...createReleases(versions),
    roles: new Map([[setting.founder.login.toLowerCase(), "admin"]]),
    workflowStates: new VersionedTable(versions),
    variables: new VersionedTable(versions),
    rulesets: [],
    settings: NEW_SETTINGS,
    knownBranches: new Map(git.refs.list("refs/heads/").map(({ name, oid }) => [name, oid])),
    takeNumber: () => ++lastNumber,
  };
}

function createReleases(versions: Versions) {
  return {
    releases: new VersionedTable<number, ReleaseRecord>(versions),
    releaseAssets: new VersionedTable<number, ReleaseAssetRecord>(versions, (asset) => asset.releaseId),
    attestations: new VersionedTable<number, AttestationRecord>(versions),
    immutableReleases: false,
    tagLocks: new Map<string, TagLock>(),
  };
}

function seed(
  git: GitStore,
  branch: string,
  files: RepositoryRequest["files"],
  setting: { readonly now: string; readonly founder: GitHubAccount },
): void {
  const { founder } = setting;
  const signature = {
    name: founder.login,
    email: commitEmail(founder),
    seconds: Math.floor(Date.parse(setting.now) / 1000),
  };
  const oid = git.writeCommit({
    tree: writeFiles(git, files ?? { "README.md": "# A repository\n" }),
    parents: [],
    author: signature,
    committer: signature,
    message: "Initial commit",
  });
  git.refs.move(`refs/heads/${branch}`, undefined, oid);
}
