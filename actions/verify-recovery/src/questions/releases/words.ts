import { describeCount } from "@patchpilot/evidence";
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

/** What raises the errors without the fix, how much that is, and what ends it. */
export function describeOldReleases(releases: ReleasesFact | undefined): string {
  if (releases === undefined) return "releases without the fix are still in use";
  const { errors, expected, hours, share } = releases.lately;
  const names = nameOld(releases.rows);
  if (errors < 2 && !isNearlyAll(releases)) {
    const { errors: raised } = releases.old;
    const times = raised === 1 ? "once" : `${describeCount(raised)} times`;
    return `${names} raised it ${times} since the deploy, too recently to be called over, and ${remedyFor(releases)}`;
  }
  if (errors < 2)
    return `${Math.round(100 * (share ?? 0))} % of the traffic names ${names}, which ${remedyFor(releases)}`;
  const part = Math.round((100 * errors) / (expected || errors));
  const traffic = share === null ? "" : `, and ${Math.round(100 * share)} % of the traffic is theirs`;
  const much = `${describeCount(errors)} errors in the last ${Math.round(hours * 10) / 10} h, ${part} % of the old rate`;
  return `${names} still ${names.includes(" and ") ? "raise" : "raises"} it (${much}${traffic}) and ${remedyFor(releases)}`;
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
  const wait = releases.sleeps ? "whether its traffic leaves or only sleeps shows after a day; " : "";
  return `${lacks}: ${wait}finish the roll-out, or set old-clients to close if these are clients that you cannot update`;
}

/** Nobody has the fix, though something was deployed. */
export function describeNowhere({ rows, old }: ReleasesFact) {
  return {
    reason: `Nobody seems to have the fix: traffic and errors since the deploy (${describeCount(old.errors)}) name only ${nameOld(rows)}, which production had before the fix was merged.`,
    next: "Look for a deployment that did not reach production. If the name does not change when you deploy, name the release after the commit.",
  };
}

/** What releases without the fix say about it at the same time, if they say anything. */
export function describeControl(releases: ReleasesFact | undefined): string {
  if (releases === undefined || releases.old.errors < 2) return "";
  const { old, lately, rows } = releases;
  const part = lately.expected > 0 ? Math.round((100 * lately.errors) / lately.expected) : 0;
  const left = part >= 1 ? `, lately ${part} % of the old rate` : "";
  return ` Releases without the fix (${nameOld(rows)}) raised ${describeCount(old.errors)} in that time${left}.`;
}
