import { describeCount } from "@patchpilot/evidence";
import { HOUR } from "@patchpilot/time";
import type { Blocker, RecoveryAssessment, RecoveryNumbers } from "@patchpilot/verdict";
import type { ExposureSource, VerifyFacts } from "../../facts.ts";
import { describeOdds, describeRate, describeSpan, EXPOSURE_NOUNS } from "../../words.ts";

/** What was counted before and since the deploy, in one phrase. */
export function describeCounts(
  numbers: RecoveryNumbers,
  source: ExposureSource,
  since = "the deploy",
): string {
  const span = describeSpan(numbers.hoursSinceDeploy * HOUR);
  const exposure = source === "clock" ? "" : ` and ${describeCount(numbers.E)} ${EXPOSURE_NOUNS[source]}`;
  const errors = describeErrors(numbers.c);
  const rate = describeRate(numbers.ratePerHour);
  const { carriedHours } = numbers;
  if (carriedHours === undefined) return `${errors} in ${span}${exposure} since ${since}, ${rate} before`;
  const counted = carriedHours === 0 ? "none" : `${describeSpan(carriedHours * HOUR)}${exposure}`;
  return `${errors} in ${span} since ${since}, ${counted} of it at the hours at which the error used to occur (${rate})`;
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

/** What is said of a shut gate, and of too little time, whatever is counted. */
export const describeGates = ({ health, sibling, errors }: VerifyFacts) => ({
  "not-deployed": "the fix is not live",
  "too-soon": "less than an hour has been seen",
  "no-traffic": "there is no traffic",
  unhealthy: health?.state === "unknown" ? "the health check cannot be asked" : "the health check fails",
  sibling:
    sibling?.state === "found"
      ? `${sibling.shortId} began after the deploy in the same place`
      : "it could not be read whether another error took its place",
  uptime: describeUptime(errors),
  sampling: "the sampling rate changed with the deploy, so that traffic before and after cannot be compared",
});

function describeUptime(errors: VerifyFacts["errors"]): string {
  const uptime = errors?.state === "counted" ? errors.summary.uptime : undefined;
  if (uptime === undefined) return "the deployment is too young";
  const [began, missing] = [uptime.began, uptime.missing].map((hours) => describeSpan(hours * HOUR));
  return `before, it began ${began} after a deployment, so the running one needs ${missing} more, without another in between`;
}

export const joinBlockers = (texts: readonly string[]): string =>
  texts.length === 0 ? "nothing is in the way" : texts.join(", and ");
