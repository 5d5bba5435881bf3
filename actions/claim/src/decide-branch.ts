/** One rule of a ruleset for the branch, as GitHub names it. */
type BranchRule = {
  readonly type: string;
  readonly parameters?: Readonly<Record<string, unknown>> | undefined;
};

/** What is in the place where `propose` would make its branch. */
export type BranchFacts = {
  /** Of the branches that were asked for, those that exist. */
  readonly existing: readonly string[];
  readonly rules: readonly BranchRule[];
};

/** The branch, and those above it: git keeps no branch in the place of a folder. Pure. */
export const branchesInTheWay = (branch: string): string[] =>
  branch.split("/").map((_, index, parts) => parts.slice(0, index + 1).join("/"));

/**
 * Why nobody can make the branch that this attempt would be published as, as the rest of a sentence; undefined: nothing is
 * in its way. Asked before anything is spent. Pure.
 */
export function judgeBranch(branch: string, { existing, rules }: BranchFacts): string | undefined {
  const above = existing.find((name) => name !== branch);
  if (above !== undefined)
    return `a branch called \`${above}\` exists, and git then has no room for \`${branch}\`. Rename or delete \`${above}\``;
  if (existing.includes(branch))
    return `the branch \`${branch}\` exists already, and this attempt did not make it. Delete or rename it`;
  if (rules.some(({ type }) => type === "creation"))
    return `a ruleset does not allow you to create \`${branch}\`. Exempt \`patchpilot/**\` from it, or let the App that opens pull requests bypass it`;
  const misnamed = rules.find((rule) => rule.type === "branch_name_pattern" && !allowsName(rule, branch));
  return misnamed === undefined
    ? undefined
    : `a ruleset does not allow the name \`${branch}\`. Exempt \`patchpilot/**\` from it`;
}

/** What a worker should know of rules that refuse some writers only; undefined: nothing. Pure. */
export const noteRules = (branch: string, { rules }: BranchFacts): string | undefined =>
  rules.some(({ type }) => type === "required_signatures")
    ? `A ruleset requires signed commits on ${branch}: GitHub signs those of an App and of this job's token, but not those of a personal token in \`pr-token\`.`
    : undefined;

function allowsName({ parameters }: BranchRule, branch: string): boolean {
  const pattern = String(parameters?.["pattern"] ?? "");
  const matches: Readonly<Record<string, () => boolean>> = {
    starts_with: () => branch.startsWith(pattern),
    ends_with: () => branch.endsWith(pattern),
    contains: () => branch.includes(pattern),
  };
  // Another engine reads GitHub's regular expressions: GitHub itself judges by them.
  const isMatch = matches[String(parameters?.["operator"])];
  return isMatch === undefined || isMatch() !== (parameters?.["negate"] === true);
}
