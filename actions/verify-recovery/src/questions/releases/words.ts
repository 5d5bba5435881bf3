import { describeCount } from "@patchpilot/evidence";
import type { VerifyFacts } from "../../facts.ts";
import { describeCommit } from "../../words.ts";
import { isExplained, isNearlyAll } from "./decide.ts";
import type { ReleaseRow, ReleasesFact } from "./facts.ts";
import { parseRelease } from "./names.ts";

/** A release as people write it: a commit is cut, a long name too. */
export function nameRelease(release: string): string {
  const { commit, app } = parseRelease(release);
  if (commit !== null && release.endsWith(commit))
    return `${app === "" ? "" : `${app}@`}${describeCommit(commit)}`;
  return release.length > 40 ? `${release.slice(0, 39)}…` : release;
}

type Kind = VerifyFacts["kind"];

/** What releases do, by what the incident is about: they raise an error, or serve an operation slowly. */
const DEEDS = {
  error: {
    ...{ do: "raise it", does: "raises it", counted: "errors" },
    did: (times: number) => `raised it ${times === 1 ? "once" : `${describeCount(times)} times`}`,
  },
  performance: {
    ...{ do: "serve it slowly", does: "serves it slowly", counted: "slow requests" },
    did: (times: number) => `served ${describeCount(times)} ${times === 1 ? "request" : "requests"} slowly`,
  },
};

const chooseDeeds = (kind: Kind) => (kind === "performance" ? DEEDS.performance : DEEDS.error);

/** What raises the errors without the fix, how much that is, and what ends it. */
export function describeOldReleases({ releases, kind }: Pick<VerifyFacts, "releases" | "kind">): string {
  if (releases === undefined) return "releases without the fix are still in use";
  const deeds = chooseDeeds(kind);
  const { errors, expected, hours, share } = releases.lately;
  const names = nameOld(releases.rows);
  if (errors < 2 && !isNearlyAll(releases)) {
    return `${names} ${deeds.did(releases.old.errors)} since the deploy, too recently to be called over, and ${remedyFor(releases)}`;
  }
  if (errors < 2)
    return `${Math.round(100 * (share ?? 0))} % of the traffic names ${names}, which ${remedyFor(releases)}`;
  const part = Math.round((100 * errors) / (expected || errors));
  const traffic = share === null ? "" : `, and ${Math.round(100 * share)} % of the traffic is theirs`;
  const much = `${describeCount(errors)} ${deeds.counted} in the last ${Math.round(hours * 10) / 10} h, ${part} % of the old rate`;
  return `${names} still ${names.includes(" and ") ? deeds.do : deeds.does} (${much}${traffic}) and ${remedyFor(releases)}`;
}

const nameOld = (rows: readonly ReleaseRow[]): string => {
  const old = rows.filter(({ holds }) => holds !== true);
  const loud = old.filter(({ errors }) => errors > 0);
  const names = (loud.length > 0 ? loud : old).map(({ release }) => nameRelease(release));
  return names.length === 0 ? "a release without the fix" : names.slice(0, 2).join(" and ");
};

/** What the traffic of a release explains is clients or a roll-out; what it does not is a process that visitors never see. */
function remedyFor(releases: ReleasesFact): string {
  const lacks = releases.rows.some(({ holds }) => holds === false)
    ? "does not have the fix"
    : "may lack the fix";
  if (releases.lately.share !== null && !isExplained(releases))
    return `${lacks}: restart or deploy the worker, job or host that still runs it`;
  return `${lacks}: finish the roll-out, or set old-clients to close if these are clients that you cannot update`;
}

/** Nobody has the fix, though something was deployed. */
export function describeNowhere({ rows, old }: ReleasesFact, kind?: Kind) {
  return {
    reason: `Nobody seems to have the fix: traffic and ${chooseDeeds(kind).counted} since the deploy (${describeCount(old.errors)}) name only ${nameOld(rows)}, which production had before the fix was merged.`,
    next: "Look for a deployment that did not reach production. If the name does not change when you deploy, name the release after the commit.",
  };
}

/** What releases without the fix say about it at the same time, if they say anything. */
export function describeControl({ releases, kind }: Pick<VerifyFacts, "releases" | "kind">): string {
  if (releases === undefined || releases.old.errors < 2) return "";
  const { old, lately, rows } = releases;
  const part = lately.expected > 0 ? Math.round((100 * lately.errors) / lately.expected) : 0;
  const left = part >= 1 ? `, lately ${part} % of the old rate` : "";
  return ` Releases without the fix (${nameOld(rows)}) ${chooseDeeds(kind).did(old.errors)} in that time${left}.`;
}
