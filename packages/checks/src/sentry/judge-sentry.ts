import { countThings } from "@patchpilot/evidence";
import type { SentryRelease } from "@patchpilot/sentry";
import { type Answer, judgeRefusal, type Refused } from "../asking.ts";
import { attention, type Check, type CheckSubject, fine, missing, unseen } from "../check.ts";
import { listNames } from "../words.ts";
import { projectsNamed, type SentryFacts, type SentrySettings } from "./facts.ts";

const ACCESS: CheckSubject = { name: "Sentry", settings: ["sentry-token", "sentry-org", "sentry-url"] };
const PROJECTS: CheckSubject = { name: "Sentry projects", settings: ["sentry-projects"] };
const ENVIRONMENT: CheckSubject = { name: "Sentry environment", settings: ["environment"] };
const ISSUES: CheckSubject = { name: "Sentry issues", settings: ["sentry-token"] };
const TRAFFIC: CheckSubject = { name: "Traffic", settings: ["sentry-token", "environment"] };
const RELEASES: CheckSubject = { name: "Sentry releases", settings: ["sentry-token"] };

const AFTER_ACCESS = [PROJECTS, ENVIRONMENT, ISSUES, TRAFFIC, RELEASES];

/** What is wrong before anything can be asked; undefined: Sentry can be asked. */
export function judgeSentrySettings(settings: SentrySettings): readonly Check[] | undefined {
  const { "sentry-token": token, "sentry-org": organization, "sentry-projects": projects } = settings;
  const absent = [
    ...(token ? [] : [missing({ ...ACCESS, settings: ["sentry-token"] }, "No token is set.", TOKEN)]),
    ...(token?.startsWith("sntrys_")
      ? [missing({ ...ACCESS, settings: ["sentry-token"] }, ORGANIZATION_TOKEN, TOKEN)]
      : []),
    ...(organization
      ? []
      : [missing({ ...ACCESS, settings: ["sentry-org"] }, "No organization is set.", ORGANIZATION)]),
    ...(projects.length > 0 ? [] : [missing(PROJECTS, "No project is set.", PROJECTS_REMEDY)]),
  ];
  if (absent.length === 0) return undefined;
  const named = new Set(absent.map(({ name }) => name));
  const rest = AFTER_ACCESS.filter(({ name }) => !named.has(name));
  return [...absent, ...rest.map((subject) => unseen(subject, "Sentry was not asked."))];
}

const TOKEN =
  "Without it nothing is confirmed, dispatched or closed as recovered. Make an internal integration in Sentry (Settings > Custom Integrations) with event:read, org:read and project:read, and store its token.";
const ORGANIZATION_TOKEN =
  "It is an organization token (sntrys_…), which uploads releases but cannot read issues.";
const ORGANIZATION = "Set the organization's slug, as in https://SLUG.sentry.io.";
const PROJECTS_REMEDY =
  "Name the projects whose code is in this repository by their slugs, such as `web,api`. Without them other teams' errors would be opened here.";

/** Judges what Sentry answered. */
export function judgeSentry(settings: SentrySettings, facts: SentryFacts): readonly Check[] {
  const { organization } = facts;
  if (organization.state === "refused")
    return [
      judgeRefusal({ ...ACCESS, settings: blamedFor(organization) }, organization),
      ...AFTER_ACCESS.map((subject) =>
        unseen(subject, "the first request to Sentry failed, so this was not asked."),
      ),
    ];
  const host = new URL(settings["sentry-url"]).host;
  return [
    fine(ACCESS, `The organization ${listNames([organization.value.slug])} at ${host}.`, organization.asked),
    ...judgeProjects(settings, facts),
    judgeEnvironment(settings, facts),
    judged(ISSUES, facts.issues, (count) => `${count === 100 ? "100 or more" : count} unresolved.`),
    ...(lacksEnvironment(settings, facts)
      ? [TRAFFIC, RELEASES].map((subject) => unseen(subject, "the environment is not known to Sentry."))
      : [judgeTraffic(settings, facts), judgeReleases(facts)]),
  ];
}

/** What is asked of a wrong environment is empty, and blames nothing else. */
const lacksEnvironment = ({ environment }: SentrySettings, { environments }: SentryFacts): boolean =>
  environments?.state === "answered" && !environments.value.includes(environment);

/** The settings that a refusal of the organization's own record points at. */
function blamedFor({ kind }: Refused): readonly string[] {
  // Another Sentry does not know the token either.
  if (kind === "unauthorized") return ["sentry-token", "sentry-url"];
  if (kind === "forbidden") return ["sentry-token"];
  if (kind === "not-found" || kind === "invalid") return ["sentry-org", "sentry-url"];
  return ["sentry-url"];
}

function judgeProjects({ "sentry-projects": wanted }: SentrySettings, { projects }: SentryFacts): Check[] {
  if (projects === undefined) return [unseen(PROJECTS, "Sentry was not asked.")];
  if (projects.state === "refused") return [judgeRefusal(PROJECTS, projects)];
  const known = projectsNamed(wanted, projects.value);
  const unknown = wanted.filter((name) => !known.some(({ id, slug }) => name === id || name === slug));
  if (unknown.length === 0)
    return [fine(PROJECTS, `${listNames(known.map(({ slug }) => slug))}.`, projects.asked)];
  const exist = listNames(projects.value.map(({ slug }) => slug));
  return [
    missing(
      PROJECTS,
      `Sentry has no ${listNames(unknown)}, or the token cannot see it.`,
      projects.value.length === 0
        ? "The token sees no project: give its integration access to them."
        : `It sees ${exist}. Correct the list.`,
      projects.asked,
    ),
  ];
}

function judgeEnvironment({ environment }: SentrySettings, facts: SentryFacts): Check {
  const { environments, errors } = facts;
  if (environments === undefined) return unseen(ENVIRONMENT, "no project of `SENTRY_PROJECTS` was found.");
  if (environments.state === "refused") return judgeRefusal(ENVIRONMENT, environments);
  if (!environments.value.includes(environment))
    return missing(
      ENVIRONMENT,
      `The projects have reported nothing from ${listNames([environment])}.`,
      environments.value.length === 0
        ? "They have reported no environment at all. Set `environment` in your app's `Sentry.init`."
        : `They know ${listNames(environments.value)}. Put the right one into .github/patchpilot.yml, as \`environment\`.`,
      environments.asked,
    );
  if (errors?.state !== "answered")
    return errors === undefined
      ? unseen(ENVIRONMENT, "its errors were not asked for.")
      : judgeRefusal(ENVIRONMENT, errors);
  const counts = errors.value.map(({ project, count }) => `${countThings(count, "error")} in ${project}`);
  const seen = counts.length === 0 ? "no error" : counts.join(", ");
  return fine(ENVIRONMENT, `${listNames([environment])}: ${seen} within 24 h.`, [
    ...environments.asked,
    ...errors.asked,
  ]);
}

function judgeTraffic({ environment }: SentrySettings, { traffic }: SentryFacts): Check {
  if (traffic?.state === "answered" && traffic.value.count === 0)
    return attention(
      TRAFFIC,
      `Sentry counts neither requests nor sessions of ${listNames([environment])} within 24 h.`,
      "Without traffic, the absence of errors proves nothing, so nothing closes as recovered. Set `tracesSampleRate` above 0 in `Sentry.init`, or pass PostHog's key and project to `verify-recovery`.",
      traffic.asked,
    );
  return judged(TRAFFIC, traffic, ({ count, unit }) => `${count} ${unit} within 24 h.`);
}

function judgeReleases({ releases }: SentryFacts): Check {
  if (releases?.state !== "answered") return judged(RELEASES, releases, () => "");
  const [newest] = releases.value;
  if (newest?.commit) return fine(RELEASES, releaseText(newest), releases.asked);
  return attention(
    RELEASES,
    newest === undefined
      ? "Sentry has no release."
      : `Release ${listNames([newest.version])} names no commit.`,
    "Set `release` to the commit's SHA in `Sentry.init`: suspects are then found, and errors of old clients are recognised.",
    releases.asked,
  );
}

const releaseText = ({ version, commit }: SentryRelease): string =>
  `The newest is ${listNames([version])}, commit ${commit?.slice(0, 7)}.`;

function judged<T>(subject: CheckSubject, answer: Answer<T> | undefined, found: (value: T) => string): Check {
  if (answer === undefined) return unseen(subject, "no project of `SENTRY_PROJECTS` was found.");
  return answer.state === "refused"
    ? judgeRefusal(subject, answer)
    : fine(subject, found(answer.value), answer.asked);
}
