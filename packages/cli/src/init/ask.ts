import type { Hints, SetupFacts } from "./facts.ts";

/** A question with a text as its answer. */
export type TextQuestion = {
  readonly message: string;
  /** The answer that Enter takes. */
  readonly suggested?: string;
  /** @returns what is wrong with the answer; undefined: nothing */
  readonly judge?: (answer: string) => string | undefined;
};

/** Who answers. Each throws `Cancelled` if the person leaves. */
export type Answerer = {
  readonly text: (question: TextQuestion) => Promise<string>;
  /** The answer is not shown. */
  readonly secret: (question: { readonly message: string }) => Promise<string>;
  readonly choose: <T extends string>(question: {
    readonly message: string;
    readonly among: readonly { readonly value: T; readonly label: string }[];
    readonly suggested: T;
  }) => Promise<T>;
  readonly confirm: (question: { readonly message: string }) => Promise<boolean>;
};

/** The person left: nothing was changed. */
export class Cancelled extends Error {
  override readonly name = "Cancelled";
}

/** What is known so far, by variable and by secret. */
type Known = {
  readonly variables: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
};

/**
 * Asks for what no option says and nothing shows: at most seven questions, and one before anything is written. An empty
 * answer leaves a thing for later; the pull request then says how to set it.
 */
export async function askForRest(
  known: Known,
  hints: Hints,
  facts: Pick<SetupFacts, "secrets" | "variables">,
  person: Answerer,
): Promise<Known> {
  const variables: Record<string, string> = { ...known.variables };
  const secrets: Record<string, string> = { ...known.secrets };
  const has = (name: string): boolean => (variables[name] ?? facts.variables?.[name]) !== undefined;
  const fill = async (name: string, question: TextQuestion): Promise<void> => {
    const answer = has(name) ? "" : (await person.text(question)).trim();
    if (answer !== "") variables[name] = answer;
  };
  const hide = async (name: string, message: string): Promise<void> => {
    const isKnown = secrets[name] !== undefined || facts.secrets?.includes(name);
    const answer = isKnown ? "" : (await person.secret({ message })).trim();
    if (answer !== "") secrets[name] = answer;
  };

  // Where Sentry is takes no question: a file says it, or it is sentry.io.
  const url = hints.variables["SENTRY_URL"];
  if (url !== undefined && !has("SENTRY_URL")) variables["SENTRY_URL"] = url;
  await fill("SENTRY_ORG", { ...QUESTIONS.organization, ...suggest(hints.variables["SENTRY_ORG"]) });
  await fill("SENTRY_PROJECTS", { ...QUESTIONS.projects, ...suggest(hints.variables["SENTRY_PROJECTS"]) });
  await hide("SENTRY_TOKEN", QUESTIONS.sentryToken);
  if (has("VERCEL_PROJECT") || (await isOnVercel(hints, person))) {
    await fill("VERCEL_PROJECT", { ...QUESTIONS.vercelProject, ...suggest(vercelName(hints)) });
    await hide("VERCEL_TOKEN", QUESTIONS.vercelToken);
  }
  await fill("PATCHPILOT_ONCALL", QUESTIONS.oncall);
  return { variables: splitTeam(variables), secrets };
}

const suggest = (suggested: string | undefined) => (suggested === undefined ? {} : { suggested });

async function isOnVercel(hints: Hints, person: Answerer): Promise<boolean> {
  const answer = await person.choose({
    message: "What says which commit is live?",
    among: [
      { value: "vercel", label: "Vercel" },
      { value: "other", label: "GitHub Deployments, or releases in Sentry" },
    ],
    suggested: hints.isOnVercel ? "vercel" : "other",
  });
  return answer === "vercel";
}

function vercelName({ variables }: Hints): string | undefined {
  const { VERCEL_TEAM: team, VERCEL_PROJECT: project } = variables;
  return project && team ? `${team}/${project}` : project;
}

/** `acme/shop` is the project `shop` of the team `acme`. */
function splitTeam(variables: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const [, team, project] = /^([^/]+)\/([^/]+)$/.exec(variables["VERCEL_PROJECT"] ?? "") ?? [];
  if (team === undefined || project === undefined) return variables;
  return { ...variables, VERCEL_TEAM: variables["VERCEL_TEAM"] ?? team, VERCEL_PROJECT: project };
}

const SLUG = /^[a-z0-9][a-z0-9_-]*$/;

const judgeSlug = (answer: string): string | undefined =>
  answer.trim() === "" || SLUG.test(answer.trim())
    ? undefined
    : "A slug has small letters, digits, - and _ only: see the address of your organization.";

const judgeSlugs = (answer: string): string | undefined =>
  answer.trim() === "" || answer.split(",").every((slug) => SLUG.test(slug.trim()))
    ? undefined
    : "Write slugs of projects, separated by commas, such as web,api.";

const QUESTIONS = {
  organization: {
    message: "Which organization in Sentry? Its slug, as in https://SLUG.sentry.io",
    judge: judgeSlug,
  },
  projects: {
    message: "Which of its projects have their code here? Slugs, separated by commas",
    judge: judgeSlugs,
  },
  sentryToken:
    "Token of an internal integration in Sentry with event:read, org:read and project:read (Enter: later)",
  vercelProject: {
    message: "Which project in Vercel serves production? Its name or id, or team/project",
  },
  vercelToken: "Token of Vercel whose scope is the project's team (Enter: later)",
  oncall: {
    message:
      "Who is mentioned when it is your turn? Logins or teams, such as @maya @acme/web (Enter: nobody)",
  },
};
