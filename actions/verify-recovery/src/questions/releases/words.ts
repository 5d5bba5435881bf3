import { describeCount } from "@patchpilot/evidence";
import type { VerifyFacts } from "../../facts.ts";
import { describeCommit } from "../../words.ts";
import type { Hold } from "../hold.ts";
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
export function describeOldReleases({ releases, kind }: Pick<VerifyFacts, "releases" | "kind">): Hold {
  if (releases === undefined) return { why: "releases without the fix are still in use" };
  const deeds = chooseDeeds(kind);
  const { errors, expected, hours, share } = releases.lately;
  const names = nameOld(releases.rows);
  const who = `${names}, which ${describeLack(releases, names)},`;
  const next = remedyFor(releases, names);
  if (errors < 2 && !isNearlyAll(releases))
    return { why: `${who} ${deeds.did(releases.old.errors)} since the deploy`, next };
  if (errors < 2)
    return { why: `${Math.round(100 * (share ?? 0))} % of the traffic names ${who.slice(0, -1)}`, next };
  const part = Math.round((100 * errors) / (expected || errors));
  const traffic = share === null ? "" : `, and ${Math.round(100 * share)} % of the traffic is theirs`;
  const much = `${describeCount(errors)} ${deeds.counted} in the last ${Math.round(hours * 10) / 10} h, ${part} % of the old rate`;
  return {
    why: `${who} still ${isMany(names) ? deeds.do : deeds.does}`,
    more: `${names} still ${isMany(names) ? deeds.do : deeds.does}: ${much}${traffic}`,
    next,
  };
}

const nameOld = (rows: readonly ReleaseRow[]): string => {
  const old = rows.filter(({ holds }) => holds !== true);
  const loud = old.filter(({ errors }) => errors > 0);
  const names = (loud.length > 0 ? loud : old).map(({ release }) => nameRelease(release));
  return names.length === 0 ? "a release without the fix" : names.slice(0, 2).join(" and ");
};

const isMany = (names: string): boolean => names.includes(" and ");

const describeLack = (releases: ReleasesFact, names: string): string =>
  releases.rows.some(({ holds }) => holds === false)
    ? `${isMany(names) ? "lack" : "lacks"} the fix`
    : "may lack the fix";

/** What the traffic of a release explains is clients or a roll-out; what it does not is a process that visitors never see. */
function remedyFor(releases: ReleasesFact, names: string): string {
  if (releases.lately.share !== null && !isExplained(releases))
    return `Restart or deploy the worker, job or host that still runs ${names}.`;
  const wait = releases.sleeps ? " Whether its traffic leaves or only sleeps shows after a day." : "";
  return `Finish the roll-out, or set \`old-clients: close\` if these are clients that you cannot update.${wait}`;
}

/** Nobody has the fix, though something was deployed. */
export function describeNowhere({ rows, old }: ReleasesFact, kind?: Kind) {
  return {
    reason: `Nobody seems to have the fix: traffic and the ${describeCount(old.errors)} ${chooseDeeds(kind).counted} since the deploy name only ${nameOld(rows)}, which was live before the merge.`,
    next: "Look for a deployment that did not reach production. If the release keeps its name when you deploy, name it after the commit.",
  };
}

/** What releases without the fix say about it at the same time, if they say anything: for the fold. */
export function describeControl({ releases, kind }: Pick<VerifyFacts, "releases" | "kind">): string[] {
  if (releases === undefined || releases.old.errors < 2) return [];
  const { old, lately, rows } = releases;
  const part = lately.expected > 0 ? Math.round((100 * lately.errors) / lately.expected) : 0;
  const left = part >= 1 ? `, lately ${part} % of the old rate` : "";
  return [
    `Releases without the fix (${nameOld(rows)}) ${chooseDeeds(kind).did(old.errors)} in that time${left}.`,
  ];
}
