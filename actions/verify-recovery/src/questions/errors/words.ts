import { describeCount, describeRate } from "@patchpilot/evidence";
import { describeSpan, HOUR } from "@patchpilot/time";
import {
  type Blocker,
  type RecoveryAssessment,
  type RecoveryNumbers,
  type RecoveryProof,
  RULE,
} from "@patchpilot/verdict";
import type { ExposureSource, VerifyFacts } from "../../facts.ts";
import { describeOdds, EXPOSURE_NOUNS } from "../../words.ts";
import type { HealthFact } from "../health/facts.ts";
import type { OperationFact } from "../operation/facts.ts";
import { describeOperations } from "../operation/words.ts";
import { describeOldReleases } from "../releases/words.ts";
import { describeSensor } from "../sensor/words.ts";
import { describeSibling } from "../siblings/words.ts";
import type { ErrorHistory } from "../sources.ts";

/** What was counted before and since the deploy, in one phrase. */
export function describeCounts(
  numbers: RecoveryNumbers,
  source: ExposureSource,
  operation?: OperationFact,
): string {
  const span = describeSpan(numbers.hoursSinceDeploy * HOUR);
  const used = operation?.state === "counted" ? ` of ${describeOperations(operation.names)}` : "";
  const exposure =
    source === "clock" ? "" : ` and ${describeCount(numbers.E)} ${EXPOSURE_NOUNS[source]}${used}`;
  const errors = describeErrors(numbers.c);
  const rate = describeRate(numbers.ratePerHour);
  const { carriedHours } = numbers;
  if (carriedHours === undefined) return `${errors} in ${span}${exposure} since the deploy, ${rate} before`;
  const counted = carriedHours === 0 ? "none" : `${describeSpan(carriedHours * HOUR)}${exposure}`;
  return `${errors} in ${span} since the deploy, ${counted} of it at the hours at which the error used to occur (${rate})`;
}

export function describeErrors(buckets: number): string {
  if (buckets === 0) return "no error";
  return `errors in ${buckets} five-minute ${buckets === 1 ? "bucket" : "buckets"}`;
}

/** How sure it is. */
export function describeProof(log: number, needed = 20): string {
  return `${describeOdds(log)}; ${needed} : 1 is needed`;
}

/** How sure it is that no more than so much is left. */
export const describeKept = ({ left, logE, logNeeded }: RecoveryProof): string =>
  `${describeOdds(logE)} against ${LEFT.get(left) ?? `${left * 100} %`} being left; ${describeOdds(logNeeded)} is needed`;

const LEFT = new Map([
  [0.25, "a quarter"],
  [0.5, "half"],
  [1, "all"],
]);

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
        : `the odds are ${describeKept(numbers)}`,
    control: describeControlled(numbers.control),
    flare: `it was known for less than ${RULE.flare.knownHours} h before the deploy, so it may be calming by itself: that takes ${RULE.flare.stoppedHours} h to rule out`,
    rank: `it was as quiet as this ${describeCount(numbers.quiet)} times before the deploy`,
    coverage: `${EXPOSURE_NOUNS[source]} are known for only ${Math.floor(numbers.coverage * 100)} % of the time`,
  };
  return joinBlockers(why.map((blocker) => texts[blocker]));
}

/** Releases without the fix are the measure of what the fix alone has changed. */
function describeControlled(control: RecoveryNumbers["control"]): string {
  if (control === undefined) return "";
  const due = `releases without the fix were due to raise ${describeCount(Math.round(control.expected))} since the deploy`;
  if (control.seen === 0) return `${due} and raised none, so something else may have ended it`;
  return `beside releases without the fix, which raised ${describeCount(control.seen)}, the odds are ${describeKept(control)}`;
}

/** Why continuing errors do not disprove the fix yet; "" if they do, or if they are over. */
export function describeDoubt({ why, numbers }: RecoveryAssessment, isSplit: boolean): string {
  if (numbers.logF < Math.log(RULE.threshold) || why.includes("old-releases")) return "";
  return isSplit
    ? "; they fall, so they do not disprove the fix"
    : "; they may be those of old clients that leave: set `release` in Sentry to the commit, and old clients are counted apart";
}

/** What is said of a shut gate, and of too little time, whatever is counted. */
export const describeGates = (facts: VerifyFacts) => ({
  "old-releases": describeOldReleases(facts),
  "not-deployed": "the fix is not live",
  "too-soon": "less than an hour has been seen",
  "no-traffic": "there is no traffic",
  unhealthy: facts.health?.state === "unknown" ? describeUnasked(facts.health) : "the health check fails",
  sibling: describeSibling(facts),
  uptime: describeUptime(facts.errors),
  sampling: "the sampling rate changed with the deploy, so that traffic before and after cannot be compared",
  sensor: describeSensor(facts.sensor),
});

/** Where an error occurs that the environment of this run never sees, with what to set. */
export function describeOtherPlaces(
  shortId: string,
  { asked, places }: NonNullable<ErrorHistory["elsewhere"]>,
): string {
  const none = `Sentry has no event of ${shortId} in the environment \`${asked}\``;
  const named = places.filter(({ environment }) => environment !== null);
  const [loudest] = named;
  if (loudest === undefined)
    return `${none}: its events name none. Set \`environment\` in the SDK of the app.`;
  const counts = named.map(({ environment, count }) => `\`${environment}\` has ${describeCount(count)}`);
  return `${none}; ${counts.join(", ")}. If that is production, set the input environment to \`${loudest.environment}\`.`;
}

/** Sentences that end what they are a part of. */
const describeUnasked = ({ detail, remedy }: HealthFact): string =>
  `the health check cannot be asked: ${[detail, remedy ?? ""].join(" ").trim().replace(/\.$/, "")}`;

function describeUptime(errors: VerifyFacts["errors"]): string {
  const uptime = errors?.state === "counted" ? errors.summary.uptime : undefined;
  if (uptime === undefined) return "the deployment is too young";
  const [began, missing] = [uptime.began, uptime.missing].map((hours) => describeSpan(hours * HOUR));
  return `before, it began ${began} after a deployment, so the running one needs ${missing} more, without another in between`;
}

export const joinBlockers = (texts: readonly string[]): string =>
  texts.length === 0 ? "nothing is in the way" : texts.join(", and ");
