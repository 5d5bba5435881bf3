import type { BranchProtection, RepositoryRuleset } from "@patchpilot/github";
import { type Asked, attention, type Check, type CheckSubject, fine, missing, unseen } from "../check.ts";
import { listNames } from "../words.ts";
import type { DeskFacts, DeskSettings } from "./facts.ts";
import { judgeHidden } from "./judge-hidden.ts";
import { matchesRef } from "./matches-ref.ts";

const BRANCHES: CheckSubject = { name: "Rulesets for `patchpilot/**`", settings: [] };
const REFS: CheckSubject = { name: "Rulesets for `refs/patchpilot/`", settings: [] };
const PROTECTION: CheckSubject = { name: "Branch protection", settings: [] };

/** A branch as `propose` names it, and a claim as `dispatch` does. */
const BRANCH = "patchpilot/1-a1";
const CLAIM = "refs/patchpilot/claims/1-a1";

/** Judges whether rules are in the way of PatchPilot's branches and refs. */
export function judgeRules({ "server-url": server }: DeskSettings, facts: DeskFacts): readonly Check[] {
  const { rulesets, place } = facts;
  const page = `${server}/${place.owner}/${place.repo}`;
  const protection = judgeProtection(facts, `${page}/settings/branches`);
  if (rulesets.state === "refused") {
    const audience = { rights: "read access", permission: "Metadata: read", look: `${page}/rules` };
    return [judgeHidden(BRANCHES, rulesets, audience), judgeHidden(REFS, rulesets, audience), protection];
  }
  const { asked, value = [] } = rulesets;
  const active = value.filter(({ enforcement }) => enforcement === "active");
  return [judgeBranches(active, asked), judgeRefs(active, asked), protection];
}

/** Rules that refuse a new branch or new commits on it. */
const REFUSING = ["creation", "update"];
/** Rules that a new branch never meets. Any other may refuse one, also those that GitHub will add. */
const HARMLESS = ["deletion", "non_fast_forward", "required_linear_history"];

function judgeBranches(active: readonly RepositoryRuleset[], asked: Asked): Check {
  const hitting = active.filter((ruleset) => ruleset.target === "branch" && covers(ruleset, BRANCH));
  const refusing = hitting.find(({ rules }) => rules.some(({ type }) => REFUSING.includes(type)));
  if (refusing !== undefined) return judgeRefusing(refusing, asked);
  const choosy = [
    ...hitting.filter(({ rules }) => rules.some(({ type }) => !HARMLESS.includes(type))),
    ...active.filter(({ target }) => target === "push"),
  ];
  if (choosy.length === 0) return fine(BRANCHES, "No ruleset is in the way of these branches.", asked);
  const rules = choosy
    .flatMap((ruleset) => ruleset.rules.map(({ type }) => type))
    .filter((type) => !HARMLESS.includes(type));
  return attention(
    BRANCHES,
    `${choosy.map(nameRuleset).join(" and ")} also applies to these branches (${listNames([...new Set(rules)])}), and may refuse a fix.`,
    "Exempt `patchpilot/**` from it, or see that it lets the writer of the pull requests through.",
    asked,
  );
}

const nameRuleset = ({ name, source }: RepositoryRuleset): string =>
  `The ruleset ${listNames([name])} of ${listNames([source])}`;

/** A ruleset that lets nobody make the branch, unless they may bypass it: only who may change it sees who that is. */
function judgeRefusing(ruleset: RepositoryRuleset, asked: Asked): Check {
  const found = `${nameRuleset(ruleset)} does not let anyone create or update these branches`;
  const exempt = "Exempt `patchpilot/**` from it";
  if (ruleset.bypass === undefined)
    return unseen(
      BRANCHES,
      `${found}, and you need the right to change it to see who may bypass it.`,
      `${exempt}, or ask whether the App that opens pull requests may bypass it.`,
      asked,
    );
  return ruleset.bypass.includes("Integration")
    ? attention(
        BRANCHES,
        `${found}, except an App.`,
        "See that it is the App that opens PatchPilot's pull requests.",
        asked,
      )
    : missing(BRANCHES, `${found}.`, `${exempt}, or let the App that opens pull requests bypass it.`, asked);
}

/**
 * GitHub's rulesets are for branches, tags and pushes, so none can refuse a ref beside those. One whose pattern names such
 * refs is shown: only a job can try.
 * Source: docs.github.com/rest/repos/rules, `target` of a ruleset.
 */
function judgeRefs(active: readonly RepositoryRuleset[], asked: Asked): Check {
  const naming = active.filter(({ include, exclude }) => fitsAny(include, CLAIM) && !fitsAny(exclude, CLAIM));
  return naming.length === 0
    ? fine(REFS, "No ruleset names these refs.", asked)
    : attention(
        REFS,
        `${naming.map(nameRuleset).join(" and ")} names these refs.`,
        "Exempt `refs/patchpilot/**` from it, or run `doctor` in a workflow: it makes such a ref and deletes it.",
        asked,
      );
}

const fitsAny = (patterns: readonly string[], ref: string): boolean =>
  patterns.some((pattern) => matchesRef(pattern, ref));

/** The default branch is none of PatchPilot's. */
function covers({ include, exclude }: RepositoryRuleset, branch: string): boolean {
  const fits = (patterns: readonly string[]): boolean =>
    patterns.includes("~ALL") || fitsAny(patterns, `refs/heads/${branch}`);
  return fits(include) && !fits(exclude);
}

/** GitHub answers an empty list to everyone but admins, so nothing follows from it for them. */
function judgeProtection({ protections }: DeskFacts, look: string): Check {
  const audience = { rights: "admin rights", permission: "Administration: read", look };
  if (protections.state === "refused") return judgeHidden(PROTECTION, protections, audience);
  const { asked, value } = protections;
  if (value === undefined)
    return unseen(
      PROTECTION,
      "you need admin rights to see these rules.",
      `Ask an admin, or look at ${look}.`,
      asked,
    );
  const hitting = value.filter(({ pattern }) => matchesRef(pattern, BRANCH));
  const refusing = hitting.filter(({ lockBranch, restrictsPushes }) => lockBranch || restrictsPushes);
  if (refusing.length > 0)
    return refusing.every(admitsSome)
      ? attention(
          PROTECTION,
          `${describePatterns(refusing)} lets only some push \`patchpilot/\` branches.`,
          `See at ${look} that the App or the account that opens PatchPilot's pull requests is among them.`,
          asked,
        )
      : missing(
          PROTECTION,
          `${describePatterns(refusing)} does not let PatchPilot push \`patchpilot/\` branches.`,
          `Change its pattern at ${look}, or let the App that opens pull requests push.`,
          asked,
        );
  const signed = hitting.filter(({ requiresCommitSignatures }) => requiresCommitSignatures);
  return signed.length === 0
    ? fine(PROTECTION, "No rule is in the way of `patchpilot/` branches.", asked)
    : attention(
        PROTECTION,
        `${describePatterns(signed)} requires signed commits: GitHub signs those of an App and of a job's token, but not those of a personal token.`,
        "Leave `pr-token` out, or use an App's.",
        asked,
      );
}

/** Some App may push, or everyone may make the branch and only later pushes are refused. */
const admitsSome = ({ lockBranch, admitsApps, blocksCreations }: BranchProtection): boolean =>
  !lockBranch && (admitsApps || !blocksCreations);

const describePatterns = (rules: readonly BranchProtection[]): string =>
  `The rule for ${listNames(rules.map(({ pattern }) => pattern))}`;
