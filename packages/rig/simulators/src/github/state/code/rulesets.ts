import { unprocessable } from "../refusal.ts";
import type { Repository } from "../repository.ts";
import type { Rule, Ruleset } from "./ruleset.ts";

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
  if (ruleset.target === "push" || !ref.startsWith(PLACES[ruleset.target])) return false;
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
