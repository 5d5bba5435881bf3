import { describeCount } from "@patchpilot/evidence";
import { HOUR } from "@patchpilot/time";
import { type Blocker, type RecoveryAssessment, type RecoveryNumbers, RULE } from "@patchpilot/verdict";
import type { ExposureSource, VerifyFacts } from "../../facts.ts";
import { describeOdds, describeRate, describeSpan, EXPOSURE_NOUNS } from "../../words.ts";
import { describeOldReleases } from "../releases/words.ts";

/** What was counted before and since the deploy, in one phrase. */
export function describeCounts(
  numbers: RecoveryNumbers,
  source: ExposureSource,
  since = "the deploy",
): string {
  const span = describeSpan(numbers.hoursSinceDeploy * HOUR);
  const exposure = source === "clock" ? "" : ` and ${describeCount(numbers.E)} ${EXPOSURE_NOUNS[source]}`;
  return `${describeErrors(numbers.c)} in ${span}${exposure} since ${since}, ${describeRate(numbers.ratePerHour)} before`;
}

function describeErrors(buckets: number): string {
  if (buckets === 0) return "no error";
  return `errors in ${buckets} five-minute ${buckets === 1 ? "bucket" : "buckets"}`;
}

/** How sure it is. */
export function describeProof(log: number): string {
  return `${describeOdds(log)}; 20 : 1 is needed`;
}

/** Why it is not called recovered yet. */
export function describeBlockers(
  { why, numbers }: RecoveryAssessment,
  facts: VerifyFacts,
  source: ExposureSource,
): string {
  const texts: { readonly [Key in Blocker]: string } = {
    ...describeGates(facts),
    evidence:
      numbers.k0 < 1
        ? "there is no error before the deploy to compare with"
        : `the odds are ${describeProof(numbers.logE)}`,
    rank: `it was as quiet as this ${describeCount(numbers.quiet)} times before the deploy`,
    coverage: `${EXPOSURE_NOUNS[source]} are known for only ${Math.floor(numbers.coverage * 100)} % of the time`,
  };
  return joinBlockers(why.map((blocker) => texts[blocker]));
}

/** Why continuing errors do not disprove the fix yet; "" if they do, or if they are over. */
export function describeDoubt({ why, numbers }: RecoveryAssessment, isSplit: boolean): string {
  if (numbers.logF < Math.log(RULE.threshold) || why.includes("old-releases")) return "";
  return isSplit
    ? "; they fall, so they do not disprove the fix"
    : "; they may be those of old clients that leave: set `release` in Sentry to the commit, and old clients are counted apart";
}

/** What is said of a shut gate, and of too little time, whatever is counted. */
export const describeGates = ({ health, sibling, releases }: VerifyFacts) => ({
  "old-releases": describeOldReleases(releases),
  "not-deployed": "the fix is not live",
  "too-soon": "less than an hour has been seen",
  "no-traffic": "there is no traffic",
  unhealthy: health?.state === "unknown" ? "the health check cannot be asked" : "the health check fails",
  sibling:
    sibling?.state === "found"
      ? `${sibling.shortId} began after the deploy in the same place`
      : "it could not be read whether another error took its place",
  sampling: "the sampling rate changed with the deploy, so that traffic before and after cannot be compared",
});

export const joinBlockers = (texts: readonly string[]): string =>
  texts.length === 0 ? "nothing is in the way" : texts.join(", and ");
