/** One rule as GitHub names it: `creation`, `update`, `required_signatures`, `pull_request`, … */
export type Rule = { readonly type: string; readonly parameters?: Readonly<Record<string, unknown>> };

/**
 * Rules for branches, for tags or for the files of pushes; the last are shown and not enforced. No target holds refs outside `refs/heads/` and `refs/tags/`, so no ruleset can refuse those.
 */
export type Ruleset = {
  readonly id: number;
  readonly name: string;
  readonly target: "branch" | "tag" | "push";
  /** Only active rulesets apply; `evaluate` judges without refusing. */
  readonly enforcement: "active" | "evaluate" | "disabled";
  /** Patterns of full ref names, or `~ALL`, or `~DEFAULT_BRANCH`. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly rules: readonly Rule[];
  /** Set for a ruleset of the organization. */
  readonly organization: string | null;
  /** Kinds of actors that may bypass it; shown and not obeyed. */
  readonly bypass: readonly ("Integration" | "RepositoryRole")[];
};

export type RulesetRequest = Pick<Ruleset, "target" | "include" | "rules"> &
  Partial<Omit<Ruleset, "id" | "target" | "include" | "rules">>;
