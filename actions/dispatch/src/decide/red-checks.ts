import { createHash } from "node:crypto";
import type { DispatchFacts, DispatchSettings, ListedChecks, RedChecks, RunRetry } from "../facts.ts";
import { attemptsInEpisode, listCiRepairs } from "./claims.ts";

/** What GitHub Actions is called among the Apps that report checks. */
const ACTIONS = "github-actions";

/** Sorts out which red checks are the change's. Pure. */
export function sortChecks(
  { checks, base, ...pull }: ListedChecks,
  apps: readonly string[],
): Omit<RedChecks, "runs"> {
  const counting = checks.filter(({ app }) => app === ACTIONS || apps.includes(app));
  const red = counting.filter(({ state }) => state === "red");
  const isRedOnBase = ({ name, app }: (typeof red)[number]): boolean => {
    const ended = base.filter((each) => each.name === name && each.app === app && each.state !== "pending");
    return ended[0]?.state === "red";
  };
  return {
    ...pull,
    isPending: counting.some(({ state }) => state === "pending"),
    red: red.filter((check) => !isRedOnBase(check)),
    isBaseRed: red.some(isRedOnBase),
  };
}

/** Which checks are red, whatever they print: a hash of their names. Pure. */
export const nameRed = ({ red }: Pick<RedChecks, "red">): string =>
  createHash("sha256")
    .update(JSON.stringify([...new Set(red.map(({ app, name }) => `${app}/${name}`))].sort()))
    .digest("hex")
    .slice(0, 16);

/** The cause of an attempt that is to turn checks green: the commit, and which checks are red on it. */
export const checksCause = (checks: RedChecks): string => `checks/${checks.head}/${nameRed(checks)}`;

/** What red checks of an open pull request come to. */
export type ChecksVerdict =
  | { readonly kind: "repair" }
  /** Failed jobs of these runs are run again first: they may be flaky. */
  | { readonly kind: "rerun"; readonly runs: readonly string[] }
  /** Nothing, or nothing yet. `note`: what is said of it. */
  | { readonly kind: "leave"; readonly note?: string };

/** Judges the red checks of what the newest attempt published. Pure. */
export function judgeRedChecks(facts: DispatchFacts, settings: DispatchSettings): ChecksVerdict {
  const { checks, pullRequest, gate } = facts;
  if (checks === undefined || pullRequest === undefined) return { kind: "leave" };
  if (checks.red.length === 0)
    return checks.isBaseRed
      ? { kind: "leave", note: "its red checks are red on the base branch, too" }
      : { kind: "leave" };
  const recorded = gate.state === "present" && gate.fact.state === "publishing" ? gate.fact.head : undefined;
  if (!checks.isOwn || checks.head !== recorded || checks.head !== pullRequest.headOid)
    return leave("its branch is not at the commit that PatchPilot published");
  const bar = findBar(facts, checks, settings);
  if (bar !== undefined) return leave(bar);
  if (checks.isPending) return { kind: "leave" };
  const retries = listRetries(checks);
  const first = retries.flatMap(([run, retry]) => (retry === "first" ? [run] : []));
  if (first.length > 0) return { kind: "rerun", runs: first };
  return retries.some(([, retry]) => retry === "waits") ? { kind: "leave" } : { kind: "repair" };
}

const leave = (why: string): ChecksVerdict => ({
  kind: "leave",
  note: `checks of its pull request are red, and ${why}: PatchPilot does not repair them`,
});

const listRetries = ({ red, runs }: RedChecks): [string, RunRetry][] =>
  [...new Set(red.flatMap(({ run }) => run ?? []))].map((run) => [run, runs.get(run) ?? "over"]);

/** Why no attempt opens for them, whatever people and clocks do. */
function findBar(facts: DispatchFacts, checks: RedChecks, settings: DispatchSettings): string | undefined {
  const { maxCiRepairs, maxAttempts, allow, autonomy } = settings;
  const before = listCiRepairs(facts);
  const red = nameRed(checks);
  if (!checks.isComplete) return "there are too many to read them all";
  if (before.some((known) => known.red === red && known.tree === checks.tree))
    return "the same ones were red on the same files before";
  if (before.length >= maxCiRepairs) return `\`max-ci-repairs: ${maxCiRepairs}\` is reached`;
  if (attemptsInEpisode(facts) >= maxAttempts) return `all ${maxAttempts} attempts are used`;
  if (!allow.includes("retry")) return "`allow` lacks retry";
  return autonomy === "draft-pr" ? undefined : `\`autonomy: ${autonomy}\` lets nothing be changed`;
}
