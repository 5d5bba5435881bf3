import type { RepositoryProfile } from "@patchpilot/github";
import type { Answered } from "../asking.ts";
import { attention, type Check, type CheckSubject, fine, missing, unseen } from "../check.ts";
import { listNames } from "../words.ts";
import type { DeskFacts, DeskSettings } from "./facts.ts";
import { judgeHidden } from "./judge-hidden.ts";

const ARCHIVE: CheckSubject = { name: "Archive", settings: [] };
const ISSUES: CheckSubject = { name: "Issues", settings: [] };
const FORK: CheckSubject = { name: "Fork", settings: [] };
const RIGHT: CheckSubject = { name: "Your rights", settings: [] };
const TOKEN: CheckSubject = { name: "Your token", settings: [] };
const SENTRY_APP: CheckSubject = { name: "Sentry's App", settings: [] };

/** The App with which sentry.io opens issues. One that someone made for a Sentry server has another name. */
const SENTRY_SLUG = "sentry";

type Profile = Answered<RepositoryProfile>;

/** Judges the repository itself, and what the user and the token may do there. */
export function judgeAccess(settings: DeskSettings, facts: DeskFacts, profile: Profile): readonly Check[] {
  const { archived, hasIssues, fork } = profile.value;
  const { asked } = profile;
  return [
    archived
      ? missing(ARCHIVE, "The repository is archived, so nothing can be written.", "Unarchive it.", asked)
      : fine(ARCHIVE, "It is not archived.", asked),
    hasIssues
      ? fine(ISSUES, "They are switched on.", asked)
      : missing(
          ISSUES,
          "They are switched off, and each incident is an issue.",
          "Tick Settings > General > Features > Issues.",
          asked,
        ),
    fork
      ? attention(
          FORK,
          "The repository is a fork, in which GitHub runs no workflow and no schedule until you allow it.",
          "Open the Actions tab and enable workflows.",
          asked,
        )
      : fine(FORK, "It is not a fork.", asked),
    judgeRight(profile),
    judgeToken(profile),
    judgeSentryApp(settings, facts),
  ];
}

function judgeRight({ value: { right }, asked }: Profile): Check {
  if (right === undefined)
    return unseen(RIGHT, "GitHub does not say what this token's account may do here.", "", asked);
  if (right === "admin") return fine(RIGHT, "You are an admin, so you may set up everything.", asked);
  const [found, remedy] =
    right === "maintain" || right === "push"
      ? ["You may write, but not see or change the settings of Actions.", "Ask an admin for those."]
      : ["You may only read, so most of the set-up is not seen.", "Ask for write or admin access."];
  return attention(RIGHT, found, remedy, asked);
}

/** Without the scope `workflow`, GitHub refuses every push over https that changes a workflow file. */
function judgeToken({ value: { scopes, visibility }, asked }: Profile): Check {
  if (scopes === undefined)
    return unseen(
      TOKEN,
      "GitHub shows scopes of classic tokens only, and this is a fine-grained one or an App's.",
      "To push workflow files, it needs `Contents: write` and `Workflows: write`.",
      asked,
    );
  const reaches = scopes.includes("repo") || (visibility === "public" && scopes.includes("public_repo"));
  const lacking = [...(reaches ? [] : ["repo"]), ...(scopes.includes("workflow") ? [] : ["workflow"])];
  if (lacking.length === 0) return fine(TOKEN, `Its scopes are ${listNames(scopes)}.`, asked);
  const why = reaches ? "so it cannot push workflow files over https." : "so it cannot set up anything here.";
  return attention(
    TOKEN,
    `It lacks ${listNames(lacking)}, ${why}`,
    `Run \`gh auth refresh --scopes ${lacking.join(",")}\`, or make a token with these scopes.`,
    asked,
  );
}

/** Only an organization's owners see its Apps, and nobody but the App sees which of the selected repositories it reaches. */
function judgeSentryApp({ "server-url": server }: DeskSettings, { apps, place }: DeskFacts): Check {
  const page =
    apps === undefined
      ? `${server}/settings/installations`
      : `${server}/organizations/${place.owner}/settings/installations`;
  if (apps === undefined)
    return unseen(SENTRY_APP, "GitHub does not show users their own Apps.", `Look at ${page}.`);
  if (apps.state === "refused")
    return judgeHidden(SENTRY_APP, apps, {
      rights: "to own the organization",
      permission: "Organization administration: read",
      look: page,
    });
  const app = apps.value.find(({ slug }) => slug === SENTRY_SLUG);
  if (app === undefined)
    return attention(
      SENTRY_APP,
      "The App `sentry` is not installed in the organization.",
      "Add Sentry's GitHub integration, unless your own Sentry server uses an App with another name.",
      apps.asked,
    );
  if (app.reach === "suspended")
    return missing(SENTRY_APP, "It is suspended.", `Have an owner lift that at ${page}.`, apps.asked);
  if (app.reach === "all") return fine(SENTRY_APP, "It reaches every repository.", apps.asked);
  return unseen(
    SENTRY_APP,
    "it is installed for selected repositories, and GitHub does not say which.",
    `Look at ${page} whether this one is among them.`,
    apps.asked,
  );
}
