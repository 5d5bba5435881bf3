import { describeCount } from "@patchpilot/evidence";
import type { ExposureSource, ProductionSource } from "./facts.ts";

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
