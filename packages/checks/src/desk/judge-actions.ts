import type { SelectedActions } from "@patchpilot/github";
import { nameAction, OWNER, REPOSITORY_NAME } from "@patchpilot/owner";
import { type Asked, type Check, type CheckSubject, fine, missing, unseen } from "../check.ts";
import { KNOWN_SECRETS } from "../known-names.ts";
import { listNames } from "../words.ts";
import type { DeskFacts, DeskSettings } from "./facts.ts";
import { type Audience, judgeHidden } from "./judge-hidden.ts";
import { findName, listOurs } from "./names-set.ts";

const ALLOWED: CheckSubject = { name: "Allowed actions", settings: [] };
const PINNED: CheckSubject = { name: "Pinned actions", settings: [] };
/** As in a job, which cannot see it. */
const OPENING: CheckSubject = { name: "Opening pull requests", settings: [] };

/** What the templates use, and what their repair workflow uses in turn. */
const TO_COME = [`${nameAction("intake")}@v1`, `${OWNER}/${REPOSITORY_NAME}/.github/workflows/repair.yml@v1`];
const IN_REPAIR = [`${nameAction("claim")}@v1`, "actions/checkout@v7"];

const audience = (server: string, { place }: DeskFacts): Audience => ({
  rights: "admin rights",
  permission: "Administration: read",
  look: `${server}/${place.owner}/${place.repo}/settings/actions`,
});

/** Judges whether Actions may run PatchPilot and open its pull requests. */
export function judgeActions({ "server-url": server }: DeskSettings, facts: DeskFacts): readonly Check[] {
  const { policy } = facts;
  const { look } = audience(server, facts);
  if (policy.state === "refused")
    return [judgeHidden(ALLOWED, policy, audience(server, facts)), judgeOpening(server, facts)];
  if (!policy.value.enabled)
    return [
      missing(ALLOWED, "Actions are switched off.", `Switch them on at ${look}.`, policy.asked),
      judgeOpening(server, facts),
    ];
  return [
    judgeAllowed(server, facts, policy.asked),
    ...(policy.value.pinned ? [judgePinned(facts, policy.asked)] : []),
    judgeOpening(server, facts),
  ];
}

/**
 * What PatchPilot's workflows use of other accounts, as what is your own may always run; what the templates use if there are
 * no workflows yet, or they are not seen.
 */
function listUses(facts: DeskFacts): readonly string[] {
  const ours = listOurs(facts);
  const own = `${facts.place.owner.toLowerCase()}/`;
  const uses = ours.length > 0 ? ours.flatMap((workflow) => workflow.uses) : TO_COME;
  const isForeign = (name: string): boolean =>
    !/^(\.\/|docker:)/.test(name) && !name.toLowerCase().startsWith(own);
  return [...new Set(uses.filter(isForeign))];
}

/** With what the repair workflow uses in turn: the settings of the repository that calls it apply. */
const withNested = (uses: readonly string[]): readonly string[] =>
  uses.some((name) => name.includes("/.github/workflows/repair.yml@"))
    ? [...new Set([...uses, ...IN_REPAIR])]
    : uses;

function judgeAllowed(server: string, facts: DeskFacts, asked: Asked): Check {
  const { policy, selected } = facts;
  const { look } = audience(server, facts);
  const allowed = policy.state === "answered" ? policy.value.allowed : "all";
  if (allowed === "all") return fine(ALLOWED, "Every action may run.", asked);
  const remedy = `Allow \`${OWNER}/*\` and actions created by GitHub at ${look}. If the choice is greyed out, ask an owner of the organization.`;
  const needed = withNested(listUses(facts));
  if (allowed === "local_only" && needed.length > 0)
    return missing(ALLOWED, "Only actions of your own account may run.", remedy, asked);
  if (needed.length === 0) return fine(ALLOWED, "What is your own may run.", asked);
  if (selected === undefined) return unseen(ALLOWED, "GitHub was not asked which are selected.");
  if (selected.state === "refused") return judgeHidden(ALLOWED, selected, audience(server, facts));
  const refused = needed.filter((name) => !admits(selected.value, name));
  if (refused.length === 0)
    return fine(ALLOWED, "Selected actions may run, and PatchPilot's are among them.", selected.asked);
  return selected.value.verified && refused.every((name) => !isByGitHub(name))
    ? unseen(
        ALLOWED,
        `${listNames(refused)} may run only if GitHub has verified their creator.`,
        `To be sure, allow \`${OWNER}/*\` at ${look}.`,
        selected.asked,
      )
    : missing(ALLOWED, `${listNames(refused)} cannot run.`, remedy, selected.asked);
}

const isByGitHub = (uses: string): boolean => /^(actions|github)\//i.test(uses);

/** As GitHub reads its list: `*` is any text, and a pattern after `!` refuses what others admit. */
function admits({ githubOwned, patterns }: SelectedActions, uses: string): boolean {
  const fits = (pattern: string): boolean =>
    new RegExp(
      `^${pattern
        .trim()
        .split("*")
        .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"))
        .join(".*")}$`,
      "i",
    ).test(uses);
  if (patterns.some((pattern) => pattern.startsWith("!") && fits(pattern.slice(1)))) return false;
  return (githubOwned && isByGitHub(uses)) || patterns.some(fits);
}

function judgePinned(facts: DeskFacts, asked: Asked): Check {
  const loose = listUses(facts).filter((name) => !/@[0-9a-f]{40}$/i.test(name));
  return loose.length === 0
    ? fine(PINNED, "Your settings require full commits, and the workflows name them.", asked)
    : missing(
        PINNED,
        `Your settings require the full commit of an action, and ${listNames(loose)} name none.`,
        "Write `@` and the commit of the release, with its version as a comment.",
        asked,
      );
}

/** An App's token needs no permission of Actions: `propose` takes it if both of its secrets are set. */
function judgeOpening(server: string, facts: DeskFacts): Check {
  const { pulls, names } = facts;
  if (pulls.state === "refused") return judgeHidden(OPENING, pulls, audience(server, facts));
  if (pulls.value) return fine(OPENING, "Workflows may create pull requests.", pulls.asked);
  const app = ["app-id", "app-private-key"].map((input) =>
    findName(names, { kind: "secrets", name: KNOWN_SECRETS[input] ?? "" }),
  );
  const [id, key] = app;
  if (id?.state === "set" && key?.state === "set")
    return fine(OPENING, "Workflows cannot create pull requests, but your App does.", [
      ...pulls.asked,
      ...id.asked,
    ]);
  return missing(
    OPENING,
    "Workflows cannot create pull requests.",
    `Tick *Allow GitHub Actions to create and approve pull requests* at ${audience(server, facts).look}, or set up a GitHub App.`,
    pulls.asked,
  );
}
