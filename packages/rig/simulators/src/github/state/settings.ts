/** An environment of Actions. */
export type EnvironmentRequest = {
  readonly name: string;
  readonly rules?: readonly ("required_reviewers" | "wait_timer" | "branch_policy")[];
  /** In upper case, as GitHub keeps names. */
  readonly secrets?: readonly string[];
  readonly variables?: readonly string[];
};

type ProtectionSwitch = "blocksCreations" | "restrictsPushes" | "lockBranch" | "requiresCommitSignatures";

/** A branch protection rule, as there were before rulesets. It is shown and not enforced. */
export type BranchProtectionRequest = Readonly<Partial<Record<ProtectionSwitch, boolean>>> & {
  readonly pattern: string;
  /** Kinds of those who may push where `restrictsPushes` keeps others away. */
  readonly mayPush?: readonly ("App" | "Team" | "User")[];
};

/**
 * `internal`: everyone in the enterprise may read it; only a private repository can be. The last two count while
 * `allowedActions` is `selected`.
 */
type OwnerSwitch =
  | ("internal" | "archived" | "hasIssues" | "fork" | "actionsEnabled" | "pinnedActions" | "pullsByActions")
  | ("githubOwnedAllowed" | "verifiedAllowed");

/** What owners choose on the pages of a repository's settings. It is shown and not enforced. */
export type OwnerSettings = Readonly<Record<OwnerSwitch, boolean>> & {
  readonly allowedActions: "all" | "local_only" | "selected";
  /** What counts while `allowedActions` is `selected`. */
  readonly patternsAllowed: readonly string[];
  /** Names in upper case; nobody reads a secret's value. */
  readonly secrets: readonly string[];
  readonly organizationSecrets: readonly string[];
  readonly organizationVariables: readonly string[];
  readonly environments: readonly EnvironmentRequest[];
  readonly branchProtections: readonly BranchProtectionRequest[];
};

/** A new repository's settings, as GitHub makes them. */
export const NEW_SETTINGS: OwnerSettings = {
  internal: false,
  archived: false,
  hasIssues: true,
  fork: false,
  actionsEnabled: true,
  allowedActions: "all",
  pinnedActions: false,
  githubOwnedAllowed: false,
  verifiedAllowed: false,
  patternsAllowed: [],
  pullsByActions: false,
  secrets: [],
  organizationSecrets: [],
  organizationVariables: [],
  environments: [],
  branchProtections: [],
};
