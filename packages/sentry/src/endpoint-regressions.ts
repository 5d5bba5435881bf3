import { z } from "zod";
import type { SentryConnection } from "./connection.ts";
import { listIssues } from "./issues.ts";

/** A regression that Sentry found itself. */
export type EndpointRegression = {
  readonly issueId: string;
  readonly shortId: string | null;
  readonly url: string | null;
  /** Slug of the project. */
  readonly project: string;
  readonly transaction: string;
  /** p95 in milliseconds; null where Sentry's sentence cannot be read. */
  readonly before: number | null;
  readonly after: number | null;
  /** ISO 8601. */
  readonly firstSeen: string | null;
};

/**
 * Sentry's unresolved regressions of endpoints, at most 100, in one request; needs event:read. Its detector looks at all
 * environments together, so they are not narrowed to one: an environment would hide them all.
 */
export async function endpointRegressions(
  connection: SentryConnection,
  projects?: readonly string[],
): Promise<readonly EndpointRegression[]> {
  const query = "is:unresolved issue.type:performance_p95_endpoint_regression";
  const { rows } = await listIssues(connection, { query, maxPages: 1, ...(projects ? { projects } : {}) });
  return rows.flatMap((issue) => {
    const { id, shortId, permalink, culprit, project, metadata, firstSeen } = issue;
    if (culprit === null) return [];
    const place = { project: project.slug, transaction: culprit };
    return [{ issueId: id, shortId, url: permalink, ...place, ...readIncrease(metadata.value), firstSeen }];
  });
}

/** "Increased from 909.77ms to 1711.36ms (P95)", as `metadata.value` says it. */
function readIncrease(sentence: string | null): Pick<EndpointRegression, "before" | "after"> {
  const [, before, after] = /from ([\d.]+)ms to ([\d.]+)ms/.exec(sentence ?? "") ?? [];
  return { before: before ? Number(before) : null, after: after ? Number(after) : null };
}

/**
 * When Sentry saw a regression begin (`occurrence.evidenceData.breakpoint`), in one request; needs event:read.
 * @returns null where it does not say.
 */
export async function regressionBreakpoint(
  connection: SentryConnection,
  issueId: string,
): Promise<Date | null> {
  const evidenceData = z.object({ breakpoint: z.number() });
  const occurrence = z.object({ evidenceData }).nullish().catch(null);
  const { value } = await connection.ask({
    path: ["issues", issueId, "events", "latest"],
    schema: z.object({ occurrence }),
    scope: "event:read",
  });
  const seconds = value.occurrence?.evidenceData.breakpoint;
  return seconds === undefined ? null : new Date(seconds * 1_000);
}
