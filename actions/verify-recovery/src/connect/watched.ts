import { type GitHub, repositoryName } from "@patchpilot/github";
import { HttpFailure } from "@patchpilot/http";
import {
  changeWatched,
  type Ledger,
  type WatchedEntry,
  type WatchIndex,
  writeWatchIndex,
} from "@patchpilot/ledger";
import { HOUR } from "@patchpilot/time";
import type { SentryAccess } from "./sentry.ts";

/** Runs come every 20 minutes and may be late; what no run sees in this time is met when its page is read in turn. */
const LATELY_MS = 2 * HOUR;
const PAGES = 2;
/** Each is read whole and counted. */
const MOST_SUSPECTS = 50;

export type Suspects = {
  readonly numbers: readonly number[];
  /** A sentence where Sentry could not be asked. */
  readonly trouble?: string;
};

/** The watched incidents whose error Sentry has seen lately, the newest first: one question for all of them. */
export async function findSuspects(
  watched: WatchIndex | undefined,
  sentry: SentryAccess | undefined,
  now: number,
): Promise<Suspects> {
  const entries = new Map(watched?.entries.map((entry) => [entry.sentryId, entry]));
  if (sentry === undefined || entries.size === 0) return { numbers: [] };
  try {
    const { rows } = await sentry.ask().listIssues({
      query: `lastSeen:>=${new Date(now - LATELY_MS).toISOString().slice(0, 19)}`,
      environment: sentry.environment,
      sort: "date",
      ...narrowProjects([...entries.values()]),
      maxPages: PAGES,
    });
    const numbers = rows.flatMap(({ id, lastSeen }) => {
      const entry = entries.get(id);
      return entry !== undefined && Date.parse(lastSeen ?? "") > entry.closedAt ? [entry.issue] : [];
    });
    return { numbers: numbers.slice(0, MOST_SUSPECTS) };
  } catch (error) {
    if (!(error instanceof HttpFailure)) throw error;
    return { numbers: [], trouble: `Whether closed incidents are back is not known: ${error.message}` };
  }
}

/** The projects of the incidents, if all are known. */
function narrowProjects(entries: readonly WatchedEntry[]): { readonly projects?: readonly string[] } {
  const projects = entries.flatMap(({ projectId }) => projectId ?? []);
  return projects.length === entries.length ? { projects: [...new Set(projects)] } : {};
}

/**
 * Keeps the index as what was read says. Without the right to write it nothing is lost but time.
 * @returns a sentence where GitHub refuses it
 */
export async function keepIndex(
  github: GitHub,
  home: string,
  ledger: Ledger,
  now: number,
): Promise<string[]> {
  const { watched, repository } = ledger;
  if (watched === undefined) return [];
  const changes = changeWatched(watched, ledger, now);
  try {
    const refusal = await writeWatchIndex(
      github,
      { ...repositoryName(home), nodeId: repository.id },
      watched,
      changes,
    );
    return refusal === undefined ? [] : [describeRefusal(refusal)];
  } catch (error) {
    if (!(error instanceof HttpFailure)) throw error;
    return [describeRefusal(error.message)];
  }
}

const describeRefusal = (why: string): string =>
  `The index of watched incidents could not be written: ${why} Give the job \`contents: write\`; without it each run looks at 50 closed incidents in turn.`;
