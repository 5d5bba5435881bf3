import type { SentryIssue } from "@patchpilot/sentry";
import type { SentryError } from "../case.ts";
import type { VerifyPorts } from "../ports.ts";
import type { ErrorIdentity } from "../sources.ts";
import type { SentryAccess } from "./sentry.ts";

/** Errors that began after a deploy, 100 a page: more of them at once is an outage, and people know. */
const PAGES = 2;

/** Reads what tells the errors apart, and those that began since: two requests at once. */
export async function readErrorIdentities(
  { ask, environment }: SentryAccess,
  errors: readonly SentryError[],
  since: number,
): ReturnType<VerifyPorts["readIdentities"]> {
  const projects = errors.map(({ projectId }) => projectId);
  const [own, newer] = await Promise.all([
    ask().getIssues(errors.map(({ shortId }) => shortId)),
    ask().listIssues({
      query: `firstSeen:>=${new Date(since).toISOString().slice(0, 19)}Z`,
      environment,
      sort: "new",
      ...(projects.every((project) => project !== null) ? { projects: [...new Set(projects)] } : {}),
      maxPages: PAGES,
    }),
  ]);
  return {
    own: new Map(own.flatMap(toIdentity).map((identity) => [identity.shortId, identity])),
    newer: newer.rows.flatMap(toIdentity),
  };
}

function toIdentity({ shortId, project, culprit, metadata, firstSeen }: SentryIssue): ErrorIdentity[] {
  const began = Date.parse(firstSeen ?? "");
  if (shortId === null || Number.isNaN(began)) return [];
  const { filename, function: name } = metadata;
  return [{ shortId, projectId: project.id, culprit, filename, function: name, firstSeen: began }];
}
