import type { Job } from "@patchpilot/action-kit";
import { openSentry } from "@patchpilot/connections";
import type { Wires } from "@patchpilot/github";
import { operationQuery, type SentryRelease } from "@patchpilot/sentry";
import type { PerfScanInputs } from "../contract.ts";
import type { DatedRelease } from "../facts.ts";
import type { SpanReader } from "../ports.ts";

/**
 * Sentry's spans of the configured projects and environment.
 * @throws Error with a sentence if the organization is missing: a scan has nothing else to look at.
 */
export function connectSpans(inputs: PerfScanInputs, { secrets }: Job, wires: Wires): SpanReader {
  const { "sentry-token": token, "sentry-org": organization, environment } = inputs;
  if (!organization)
    throw new Error(
      "`sentry-org` is not set, and a performance scan reads only Sentry: pass the organization's slug, as in https://<slug>.sentry.io.",
    );
  const sentry = openSentry(inputs, { token, organization }, { secrets, ...wires });
  return {
    readTable: (window, families) => sentry.operationTable({ ...window, environment }, families),
    readHours: (window, operations) => sentry.operationHours({ ...window, environment }, operations),
    readExceeding: (window, questions) => sentry.exceedingHours({ ...window, environment }, questions),
    listRegressions: () => sentry.endpointRegressions(),
    readBreakpoint: (issueId) => sentry.regressionBreakpoint(issueId),
    listReleases: async (projects) => {
      const { rows } = await sentry.listReleases({ projects });
      return toReleases(rows, environment);
    },
    queryOf: operationQuery,
  };
}

/**
 * Releases with the time at which they came to an environment. Where Sentry is told of deployments to it, a release that
 * was deployed elsewhere alone is none of it.
 */
export function toReleases(rows: readonly SentryRelease[], environment: string): DatedRelease[] {
  const isHere = ({ lastDeploy }: SentryRelease): boolean => lastDeploy?.environment === environment;
  const isTold = rows.some(isHere);
  return rows
    .filter((release) => !isTold || release.lastDeploy === null || isHere(release))
    .map((release) => {
      const deployedAt = isHere(release) ? (release.lastDeploy?.dateFinished ?? null) : null;
      return {
        version: release.version,
        projects: release.projects,
        at: deployedAt ?? release.dateReleased ?? release.dateCreated,
        deployed: deployedAt !== null,
        commit: release.commit,
      };
    });
}
