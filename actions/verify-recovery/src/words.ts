import { describeCount } from "@patchpilot/evidence";
import { describeInstant, MINUTE } from "@patchpilot/time";
import type { ExposureSource, Fix, ProductionSource, VerifyFacts } from "./facts.ts";

/** So long may a sentence be that is read alone: two lines and a half of a telephone. */
const MOST_SIGNS = 200;

/** Odds from a natural logarithm: "34 : 1"; never "0.0 : 1", which would say that it cannot be. */
export function describeOdds(log: number): string {
  const odds = Math.exp(Math.min(log, Math.log(1e6)));
  if (log >= Math.log(1e6)) return "over 1,000,000 : 1";
  if (odds < 0.05) return "under 0.1 : 1";
  return odds < 10 ? `${odds.toFixed(1)} : 1` : `${describeCount(odds)} : 1`;
}

/** A commit as people write it. */
export function describeCommit(sha: string | null): string {
  return sha === null ? "a deployment without a commit" : sha.slice(0, 7);
}

/** What was merged, in words that are true of a fix and of work that someone asked for: "#40", "commit 1a2b3c4". */
export const nameMerge = ({ pullRequest, commit }: Pick<MergedFix, "pullRequest" | "commit">): string =>
  pullRequest === null ? `commit ${describeCommit(commit)}` : `#${pullRequest}`;

type MergedFix = Extract<Fix, { kind: "merged" }>;

/** The fix as people write it: "fix #40", "the fix 1a2b3c4"; without a known one "the deployment of 1a2b3c4". */
export function nameFix({ fix, deployment }: Pick<VerifyFacts, "fix" | "deployment">): string {
  if (fix.kind === "deployment")
    return deployment?.state === "live" && deployment.sha !== null
      ? `the deployment of ${describeCommit(deployment.sha)}`
      : "the deployment";
  return fix.pullRequest === null ? `the fix ${describeCommit(fix.commit)}` : `fix #${fix.pullRequest}`;
}

/** "fix #40 went live on 3 March, 08:05 UTC"; without the time where that is not known. */
export function describeLive(facts: Pick<VerifyFacts, "fix" | "deployment">, now: number): string {
  const { deployment } = facts;
  const when = deployment?.state === "live" ? ` on ${describeInstant(deployment.since, now)}` : "";
  return `${nameFix(facts)} went live${when}`;
}

/** The time by which an answer is due, rounded up as the decision has it. */
export const describeDue = (instant: number, now: number): string =>
  describeInstant(Math.ceil(instant / MINUTE) * MINUTE, now);

/** Sentences after each other, without those that are empty. The first is left out if they are too long with it. */
export function joinSentences(first: string, ...others: readonly string[]): string {
  const rest = others.filter((sentence) => sentence !== "").join(" ");
  const all = `${first} ${rest}`.trim();
  return all.length <= MOST_SIGNS ? all : rest;
}

export const capitalise = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** What exposure is made of, for people. */
export const EXPOSURE_NOUNS: { readonly [Source in ExposureSource]: string } = {
  spans: "requests",
  sessions: "sessions",
  posthog: "product events",
  clock: "hours",
};

/** What says which commit is live, for people. */
export const SOURCE_NAMES: { readonly [Source in ProductionSource]: string } = {
  vercel: "Vercel",
  github: "GitHub Deployments",
  sentry: "Sentry releases",
  input: "deployed-sha",
  traffic: "traffic by release",
};
