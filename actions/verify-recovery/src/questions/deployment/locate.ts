import { describeInstant } from "@patchpilot/time";
import type { DeploymentFact, Fix } from "../../facts.ts";
import { capitalise, describeCommit, nameMerge } from "../../words.ts";
import type { Containment, ProductionHistory, Stretch } from "../sources.ts";

/** Deployments looked at for a fix; what is older was live before most fixes were merged. */
const MOST_DEPLOYMENTS = 10;

/** Whether the deployment of a commit contains the fix; undefined: not known. */
export type Contains = (head: string) => boolean | undefined;

/** What must be known of commits to place a fix: the live deployment, those since the merge, those under way. */
export function containmentsFor(fix: Fix, production: ProductionHistory): Containment[] {
  if (fix.kind === "deployment") return [];
  const [live, ...before] = production.history;
  const since = before.filter(({ from }) => from !== null && from >= fix.at);
  const waiting = production.waiting
    .filter(({ at }) => at >= fix.at)
    .toSorted((a, b) => Number(a.state === "canceled") - Number(b.state === "canceled"));
  const heads = [live, ...since, ...waiting].flatMap((deployment) => deployment?.sha ?? []);
  return [...new Set(heads)].slice(0, MOST_DEPLOYMENTS).map((head) => ({
    fix: fix.commit,
    head,
    pull: fix.pullRequest,
  }));
}

/**
 * Where the fix stands, and the anchor: the beginning of the stretch in which production has had it without a
 * break. Live is what visitors get, not what was built.
 *
 * @param known the anchor that an earlier run wrote down for this fix: lists of deployments do not reach back for ever
 */
export function locateFix(
  fix: Fix,
  production: ProductionHistory | undefined,
  contains: Contains,
  known: number | null,
  now: number,
): DeploymentFact {
  if (production === undefined) {
    return {
      state: "unknown",
      sha: null,
      detail: "Nothing says what is deployed, so nobody knows whether it is live.",
      untold: true,
    };
  }
  if (production.elsewhere !== undefined)
    return { state: "unknown", sha: null, detail: describeEnvironments(production.elsewhere) };
  return fix.kind === "deployment"
    ? locateFirst(fix.after, production, known)
    : locateCommit(fix, production, contains, known, now);
}

/** Preview environments may be very many. */
const MOST_NAMED = 5;

function describeEnvironments({ asked, environments }: NonNullable<ProductionHistory["elsewhere"]>): string {
  const names = environments.slice(0, MOST_NAMED).map((name) => `\`${name}\``);
  const more = environments.length > MOST_NAMED ? `, and ${environments.length - MOST_NAMED} more` : "";
  return `No deployment on GitHub went to the environment \`${asked}\`; there are ${names.join(", ")}${more}. Set production-environment to the one that is live.`;
}

function locateFirst(
  after: number,
  { history, source }: ProductionHistory,
  known: number | null,
): DeploymentFact {
  const first = history.findLast(({ from }) => from !== null && from > after);
  if (first === undefined || first.from === null) {
    return { state: "absent", sha: null, detail: "Nothing has been deployed to production since." };
  }
  return { state: "live", source, sha: first.sha, since: Math.min(known ?? first.from, first.from) };
}

function locateCommit(
  fix: Extract<Fix, { kind: "merged" }>,
  production: ProductionHistory,
  contains: Contains,
  known: number | null,
  now: number,
): DeploymentFact {
  const has = (sha: string | null) => (sha === null ? undefined : contains(sha));
  const [live] = production.history;
  if (live === undefined) return describeWaiting(production, has, "Nothing is live in production yet.");
  const isFixed = has(live.sha);
  if (isFixed === undefined) {
    const detail =
      live.sha === null
        ? `The live deployment names no commit, so nothing says whether it has ${nameMerge(fix)}: deploy from git, or pass deployed-sha.`
        : `It is unclear whether the live commit ${describeCommit(live.sha)} has ${nameMerge(fix)}: it may be from another repository, or more than 500 commits later.`;
    return { state: "unknown", sha: live.sha, detail };
  }
  if (isFixed) {
    return {
      state: "live",
      source: production.source,
      sha: live.sha,
      since: findBeginning(production.history, has, known, now),
    };
  }
  const fixed = production.history.find(({ sha }) => has(sha) === true);
  if (fixed === undefined) {
    const merged = `merged on ${describeInstant(fix.at, now)}`;
    return describeWaiting(
      production,
      has,
      `${capitalise(nameMerge(fix))} is not in production yet (${merged}; ${describeCommit(live.sha)} is live).`,
    );
  }
  return {
    state: "rolled-back",
    sha: fixed.sha,
    detail: `${capitalise(nameMerge(fix))} was live in ${describeCommit(fixed.sha)}, but production went back to ${describeCommit(live.sha)}.`,
  };
}

/** The oldest of the unbroken run of deployments with the fix; an earlier anchor holds unless a break came after it. */
function findBeginning(
  history: readonly Stretch[],
  has: (sha: string | null) => boolean | undefined,
  known: number | null,
  now: number,
): number {
  const end = history.findIndex(({ sha }) => has(sha) !== true);
  const run = end === -1 ? history : history.slice(0, end);
  const oldest = run.findLast(({ from }) => from !== null)?.from ?? known ?? now;
  const broken = history.slice(run.length).find(({ sha, from }) => has(sha) === false && from !== null)?.from;
  const holds =
    known !== null && known < oldest && (broken === undefined || broken === null || broken < known);
  return holds ? known : oldest;
}

function describeWaiting(
  { waiting }: ProductionHistory,
  has: (sha: string | null) => boolean | undefined,
  otherwise: string,
): DeploymentFact {
  const mine = waiting.filter(({ sha }) => has(sha) === true);
  for (const { state, sha, detail } of mine) if (state !== "canceled") return { state, sha, detail };
  // What was canceled did not fail: the next deployment brings the fix live.
  const [canceled] = mine;
  return { state: "absent", sha: canceled?.sha ?? null, detail: canceled?.detail ?? otherwise };
}
