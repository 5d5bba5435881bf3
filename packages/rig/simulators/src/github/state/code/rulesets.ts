import { unprocessable } from "../refusal.ts";
import type { Repository } from "../repository.ts";

/** One rule as GitHub names it: `creation`, `update`, `required_signatures`, `pull_request`, … */
export type Rule = { readonly type: string; readonly parameters?: Readonly<Record<string, unknown>> };

/**
 * Rules for branches or for tags. GitHub has a third target, `push`, whose rules look at files only. No target holds
 * refs outside `refs/heads/` and `refs/tags/`, so no ruleset can refuse those.
 */
export type Ruleset = {
  readonly id: number;
  readonly target: "branch" | "tag";
  /** Only active rulesets apply; `evaluate` judges without refusing. */
  readonly enforcement: "active" | "evaluate" | "disabled";
  /** Patterns of full ref names, or `~ALL`, or `~DEFAULT_BRANCH`. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly rules: readonly Rule[];
  /** Set for a ruleset of the organization. */
  readonly organization: string | null;
};

export type RulesetRequest = Pick<Ruleset, "target" | "include" | "rules"> &
  Partial<Omit<Ruleset, "id" | "target" | "include" | "rules">>;

/** The active rules for a ref, with their rulesets, whether the ref exists or not. */
export function rulesFor(repository: Repository, ref: string): { rule: Rule; ruleset: Ruleset }[] {
  return repository.rulesets
    .filter((ruleset) => ruleset.enforcement === "active" && holds(repository, ruleset, ref))
    .flatMap((ruleset) => ruleset.rules.map((rule) => ({ rule, ruleset })));
}

/** @throws Refusal 422 if a rule restricts creations. The other rules are shown and not enforced. */
export function checkCreation(repository: Repository, ref: string): void {
  if (rulesFor(repository, ref).every(({ rule }) => rule.type !== "creation")) return;
  throw unprocessable(
    "Repository rule violations found\n\nCannot create ref due to creations being restricted.\n\n",
  );
}

const PLACES = { branch: "refs/heads/", tag: "refs/tags/" };

function holds(repository: Repository, ruleset: Ruleset, ref: string): boolean {
  if (!ref.startsWith(PLACES[ruleset.target])) return false;
  const fits = (pattern: string): boolean => {
    if (pattern === "~ALL") return true;
    if (pattern === "~DEFAULT_BRANCH") return ref === `refs/heads/${repository.defaultBranch}`;
    return matchesName(pattern, ref);
  };
  return ruleset.include.some(fits) && !ruleset.exclude.some(fits);
}

/** Ruby's `File.fnmatch` with `FNM_PATHNAME`: only a folder called `**` spans slashes. */
export function matchesName(pattern: string, name: string): boolean {
  const source = pattern.replace(/(?<=^|\/)\*\*\/|\*+|\?|\[[!^]?[^\]/]+\]|[^\w/]/g, (token) => {
    if (token === "**/") return "(?:[^/]+/)*";
    if (token.startsWith("*")) return "[^/]*";
    if (token === "?") return "[^/]";
    return token.length > 1 ? token.replace("[!", "[^") : `\\${token}`;
  });
  return new RegExp(`^${source}$`).test(name);
}
