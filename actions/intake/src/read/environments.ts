import { inlineCode } from "@patchpilot/evidence";
import { HttpFailure, isNotFound } from "@patchpilot/http";
import type { IntakeInputs } from "../contract.ts";
import type { SentryReader } from "../ports.ts";

type Settings = Pick<IntakeInputs, "environment" | "sentry-projects">;
type Listed = Awaited<ReturnType<SentryReader["listIssues"]>>;

/**
 * Sentry's unresolved issues of the environment. If there are none, it may be called otherwise, or the project: Sentry
 * answers 404 for an environment that it has never heard of. Which ones there are is said, and ends no run.
 */
export async function listUnresolved(
  sentry: SentryReader,
  inputs: Settings,
  warn: (sentence: string) => void,
): Promise<Listed> {
  const { environment } = inputs;
  try {
    const listed = await sentry.listIssues({ query: "is:unresolved", environment, sort: "date" });
    const fault = listed.rows.length > 0 ? undefined : await tryFault(sentry, inputs);
    if (fault !== undefined) warn(fault);
    return listed;
  } catch (error) {
    const isMissing = isNotFound(error);
    const fault = isMissing ? await tryFault(sentry, inputs) : undefined;
    if (fault === undefined) throw error;
    warn(fault);
    return { rows: [], truncated: false };
  }
}

const tryFault = (sentry: SentryReader, inputs: Settings): Promise<string | undefined> =>
  findFault(sentry, inputs).catch((error: unknown) => {
    if (!(error instanceof HttpFailure)) throw error;
    return undefined;
  });

/** What Sentry does not know of the settings, and what it knows instead; undefined: it knows them. */
async function findFault(sentry: SentryReader, inputs: Settings): Promise<string | undefined> {
  const { environment, "sentry-projects": wanted } = inputs;
  const { rows: projects } = await sentry.listProjects();
  const isNamed = ({ id, slug }: { id: string; slug: string }, name: string): boolean =>
    name === id || name.toLowerCase() === slug.toLowerCase();
  const unknown = wanted.filter((name) => !projects.some((project) => isNamed(project, name)));
  if (unknown.length > 0)
    return `Sentry has no project ${listNames(unknown)}, or the token cannot see it; it sees ${listNames(projects.map(({ slug }) => slug))}. Correct \`sentry-projects\`.`;
  const own = projects.filter((project) => wanted.some((name) => isNamed(project, name)));
  const names = await sentry.listEnvironments(own);
  if (names.includes(environment)) return undefined;
  const known = names.length === 0 ? "no environment at all yet" : listNames(names);
  return `Sentry has no events of the environment ${inlineCode(environment)} in ${listNames(own.map(({ slug }) => slug))}; it knows ${known}. Set \`environment\` to the one that is your production.`;
}

const MOST_NAMES = 10;

function listNames(names: readonly string[]): string {
  if (names.length === 0) return "none";
  const shown = names.slice(0, MOST_NAMES).map((name) => inlineCode(name, 64));
  return names.length > shown.length
    ? `${shown.join(", ")} and ${names.length - shown.length} more`
    : shown.join(", ");
}
