import type { Hints } from "./facts.ts";

/** Files that say where an app reports and where it runs, from the root of the checkout. */
export const HINT_FILES = [
  ".sentryclirc",
  "sentry.properties",
  "next.config.js",
  "next.config.mjs",
  "next.config.ts",
  "vite.config.js",
  "vite.config.ts",
  "nuxt.config.ts",
  "svelte.config.js",
  "astro.config.mjs",
  ".vercel/project.json",
  "vercel.json",
] as const;

/** `org = acme` in .sentryclirc, `defaults.org=acme` in sentry.properties. */
const property = (name: string): RegExp =>
  new RegExp(`^[ \\t]*(?:defaults\\.)?${name}[ \\t]*=[ \\t]*(\\S+)`, "m");
/** `org: "acme"` among the options of Sentry's build plugin. */
const option = (name: string): RegExp => new RegExp(`\\b${name}:\\s*["']([a-z0-9][\\w-]*)["']`);

/** @param texts of those of `HINT_FILES` that exist, by path */
export function findHints(texts: Readonly<Record<string, string>>): Hints {
  const cli = [texts[".sentryclirc"], texts["sentry.properties"]].join("\n");
  const plugins = Object.entries(texts)
    .filter(([path, text]) => /\.config\.\w+$/.test(path) && /sentry/i.test(text))
    .map(([, text]) => text)
    .join("\n");
  const find = (name: string): string | undefined =>
    property(name).exec(cli)?.[1] ?? option(name).exec(plugins)?.[1];
  const sentryOrg = find("org");
  const sentryProjects = find("project");
  const sentryUrl = property("url").exec(cli)?.[1]?.replace(/\/+$/, "");
  const { projectId, projectName, orgId } = readVercel(texts[".vercel/project.json"]);
  const vercelProject = projectName ?? projectId;
  const variables = {
    ...(sentryOrg && { SENTRY_ORG: sentryOrg }),
    ...(sentryProjects && { SENTRY_PROJECTS: sentryProjects }),
    ...(sentryUrl && sentryUrl !== "https://sentry.io" && { SENTRY_URL: sentryUrl }),
    ...(vercelProject && { VERCEL_PROJECT: vercelProject }),
    // An account of one person is no team.
    ...(orgId?.startsWith("team_") && { VERCEL_TEAM: orgId }),
  };
  return {
    variables,
    isOnVercel: texts[".vercel/project.json"] !== undefined || texts["vercel.json"] !== undefined,
  };
}

type VercelProject = Partial<Record<"projectId" | "projectName" | "orgId", string>>;

function readVercel(text = "{}"): VercelProject {
  try {
    return JSON.parse(text) as VercelProject;
  } catch {
    return {};
  }
}
