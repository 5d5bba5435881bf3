import { describeCount, describeRate, describeRateChange } from "@patchpilot/evidence";
import { describeSpan, HOUR } from "@patchpilot/time";
import { BUCKETS_PER_HOUR, type RecoveryProof, type RecoverySummary } from "@patchpilot/verdict";
import type { ExposureSource } from "../../facts.ts";
import { describeOdds, EXPOSURE_NOUNS } from "../../words.ts";
import type { OperationFact } from "../operation/facts.ts";
import { describeOperations } from "../operation/words.ts";
import type { ErrorHistory } from "../sources.ts";

/** What was counted, and in what. */
export type CountedErrors = {
  readonly summary: RecoverySummary;
  readonly source: ExposureSource;
  readonly operation?: OperationFact | undefined;
};

/** "no error in 12 min and 3 requests": since the deploy. @param first stays true when more has come: "in the first 12 min" */
export function describeCounts(counted: CountedErrors, first: "" | "the first " = ""): string {
  const { summary } = counted;
  const span = `${first}${describeSpan(summary.hours * HOUR)}`;
  const errors = describeErrors(summary.events, summary.c);
  if (summary.carried === undefined) return `${errors} in ${span}${describeExposure(counted)}`;
  const { hours } = summary.carried;
  const held = hours === 0 ? "none" : `${describeSpan(hours * HOUR)}${describeExposure(counted)}`;
  return `${errors} in ${span}, ${held} of it at the hours at which the error used to occur`;
}

/** " and 3 requests of POST /checkout". */
function describeExposure({ summary: { E }, source, operation }: CountedErrors): string {
  if (source === "clock") return "";
  const used = operation?.state === "counted" ? ` of ${describeOperations(operation.names)}` : "";
  const noun = Math.round(E) === 1 ? EXPOSURE_NOUNS[source].slice(0, -1) : EXPOSURE_NOUNS[source];
  return ` and ${describeCount(E)} ${noun}${used}`;
}

/** @param events undefined: in records from before they were kept, so five-minute buckets with errors are counted */
export function describeErrors(events: number | undefined, buckets: number): string {
  if (events === 0 || buckets === 0) return "no error";
  if (events === undefined)
    return `errors in ${describeCount(buckets)} five-minute ${buckets === 1 ? "bucket" : "buckets"}`;
  return `${describeCount(events)} ${events === 1 ? "error" : "errors"}`;
}

/** "5.4 errors an hour before that". @param what what they came before */
export const describeBefore = (
  { events0, known0 }: Pick<RecoverySummary, "events0" | "known0">,
  what = "that",
): string =>
  `${describeRate(known0 === 0 ? 0 : (events0 * BUCKETS_PER_HOUR) / known0, "errors")} before ${what}`;

/** Traffic that differs by more makes errors an hour say nothing of the fix. */
const COMPARABLE = 2;

/** "from 5.4 to 2.5 an hour", or in as many requests if the traffic is another one; undefined where it is not known. */
export function describeFall({ summary, source }: CountedErrors): string | undefined {
  const { events0, events, known0, known, E0, E } = summary;
  if (events === undefined || known === 0 || known0 === 0 || summary.carried !== undefined) return undefined;
  const traffic = source === "clock" ? 1 : E / known / (E0 / known0);
  if (traffic < COMPARABLE && traffic > 1 / COMPARABLE)
    return describeRateChange((events0 * BUCKETS_PER_HOUR) / known0, (events * BUCKETS_PER_HOUR) / known);
  if (!(E > 0 && E0 > 0)) return undefined;
  const [before, after] = [events0 / E0, events / E].map((share) => (1000 * share).toPrecision(2));
  return `from ${Number(before)} to ${Number(after)} in 1,000 ${EXPOSURE_NOUNS[source]}`;
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

/** What the rule itself counts, for the fold: buckets with errors. */
export const describeBuckets = ({ c, active0, known0, buckets }: RecoverySummary): string =>
  `Errors occurred in ${describeCount(c)} of ${describeCount(buckets)} five-minute buckets since the deploy, and in ${describeCount(active0)} of ${describeCount(known0)} before.`;

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
