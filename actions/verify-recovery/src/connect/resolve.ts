import { HttpFailure } from "@patchpilot/http";
import type { Sentry } from "@patchpilot/sentry";
import type { VerifyFacts } from "../facts.ts";
import type { VerifyPorts, Written } from "../ports.ts";
import type { DecidedCase, SentryError } from "../questions/case.ts";
import { findFixingRelease, type Holds, headsToAsk } from "./resolving-release.ts";
import type { SentryAccess } from "./sentry.ts";

/** An incident that was just closed and that `allow` lets be resolved. */
type Closed = { readonly issue: number; readonly error: SentryError; readonly facts: VerifyFacts };

/** What became of it: a sentence, and whether all is well. */
type Reported = { readonly text: string; readonly isDone: boolean };

/**
 * Resolves in Sentry what was just closed, once, in the oldest release that holds the fix: then Sentry takes no event of
 * an older release for a regression. "In the next release" is never used: it mutes an issue until a release follows, and
 * none may. What people resolved or archived stays as it is. A refusal is reported and holds nothing up.
 */
export async function resolveClosed(
  decided: readonly DecidedCase[],
  unwritten: ReadonlySet<number>,
  { ask, environment }: SentryAccess,
  readContainment: VerifyPorts["readContainment"],
): Promise<Pick<Written, "resolved" | "problems">> {
  const closed = decided.flatMap((entry) => pickClosed(entry, unwritten));
  const reported: Reported[] = [];
  for (const [project, own] of Map.groupBy(closed, ({ error }) => error.projectId)) {
    const search = { environment, ...(project === null ? {} : { projects: [project] }) };
    reported.push(...(await resolveInProject(ask(), own, search, readContainment)));
  }
  const texts = (isDone: boolean) =>
    reported.filter((each) => each.isDone === isDone).map(({ text }) => text);
  return { resolved: texts(true), problems: texts(false) };
}

function pickClosed(
  { case: { issue, error }, decision, record }: DecidedCase,
  unwritten: ReadonlySet<number>,
): Closed[] {
  const isNew = decision.resolve && record !== null && !unwritten.has(issue);
  return isNew && error !== null ? [{ issue, error, facts: decision.numbers.facts }] : [];
}

type Search = { readonly environment: string; readonly projects?: readonly string[] };

async function resolveInProject(
  sentry: Sentry,
  closed: readonly Closed[],
  search: Search,
  readContainment: VerifyPorts["readContainment"],
): Promise<Reported[]> {
  try {
    const listed = await sentry.getIssues(closed.map(({ error }) => error.shortId));
    const open = new Map(
      listed.filter(({ status }) => status === "unresolved").map(({ shortId, id }) => [shortId, id]),
    );
    if (open.size === 0) return [];
    const { rows } = await sentry.listReleases(search);
    const answers = await readContainment(closed.flatMap(({ facts }) => headsToAsk(facts, rows)));
    const contained = new Map([...answers].map(([{ fix, head }, { holds }]) => [`${fix} ${head}`, holds]));
    const holds: Holds = (fix, head) => contained.get(`${fix} ${head}`);
    return await Promise.all(
      closed.flatMap(({ issue, error, facts }) => {
        const id = open.get(error.shortId);
        if (id === undefined) return [];
        const release = findFixingRelease(facts, rows, holds);
        return [resolveOne(sentry, { issue, id, release, isNamed: rows.length > 0 })];
      }),
    );
  } catch (error) {
    return closed.map(({ issue }) => describeRefusal(issue, error));
  }
}

type Resolving = {
  readonly issue: number;
  readonly id: string;
  readonly release: string | undefined;
  /** Whether Sentry knows any release of the environment. */
  readonly isNamed: boolean;
};

async function resolveOne(sentry: Sentry, { issue, id, release, isNamed }: Resolving): Promise<Reported> {
  if (release === undefined && isNamed) return leaveUnresolved(issue, NONE_HOLDS);
  try {
    await sentry.resolveIssue(id, release);
  } catch (error) {
    return describeRefusal(issue, error);
  }
  const where = release === undefined ? "; it has no release here" : ` in release ${release}`;
  return { text: `#${issue} is resolved in Sentry${where}.`, isDone: true };
}

const NONE_HOLDS =
  "Sentry has no release that is sure to contain the fix, and without one the next event of an old client would reopen it there. Give releases their commits (`sentry-cli releases set-commits --auto`), or resolve it by hand.";

const leaveUnresolved = (issue: number, why: string): Reported => ({
  text: `#${issue} was closed, but not resolved in Sentry: ${why}`,
  isDone: false,
});

/** @throws Error where it is no refusal of a provider */
function describeRefusal(issue: number, error: unknown): Reported {
  if (!(error instanceof HttpFailure)) throw error;
  return leaveUnresolved(issue, error.message);
}
