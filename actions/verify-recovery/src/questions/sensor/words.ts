import { describeSpan } from "@patchpilot/time";
import { findSensorHold, type Loss } from "@patchpilot/verdict";
import type { SensorFact } from "./facts.ts";

/**
 * Why the silence proves nothing, and what helps.
 * @param begin since when the sensor is doubted
 */
export function describeSensor(sensor: SensorFact | undefined, begin = "the deploy"): string {
  if (sensor?.state !== "counted")
    return "it could not be read whether Sentry still receives errors, so their absence proves nothing";
  const hold = findSensorHold(sensor.summary);
  if (hold === undefined) return "errors arrive";
  if (hold.kind === "early")
    return `none of the project's other errors has arrived for ${describeSpan(hold.quietMs)}, so errors may be lost or late; ${hold.untilHours} h after the deploy there is enough to tell`;
  if (hold.kind === "stopped")
    return `the project's other errors have stopped as well (in ${hold.seen} five-minute buckets since ${begin}, where about ${Math.round(hold.expected)} were to be expected), so errors may not arrive: check Sentry's status and Stats page, and the SDK's DSN and sample rate${begin === "the deploy" ? ", or close it by hand if the fix ended those too" : ""}`;
  if (hold.kind === "late")
    return `no error of this project has arrived for ${describeSpan(hold.quietMs)}, longer than ever in the week before: Sentry may be behind, so check its status and Stats page`;
  const verb = hold.kind === "limited" ? "Sentry dropped" : "filters or SDKs discarded";
  const shares = `${percent(hold.since)} of this project's errors since ${begin}, ${percent(hold.before)} before`;
  return `${verb} ${shares}: ${findRemedy(hold.kind, sensor.reasons[hold.kind] ?? "")}`;
}

const percent = (share: number): string => `${Math.round(share * 100)} %`;

const findRemedy = (loss: Loss, reason: string): string =>
  REMEDIES[loss].find(([pattern]) => pattern.test(reason))?.[1] ?? "see the reason on Sentry's Stats page";

/** By the outcome and reason under which most were lost; reasons come from SDKs too, so none is repeated here. */
const REMEDIES: { readonly [Name in Loss]: readonly (readonly [RegExp, string])[] } = {
  limited: [
    [
      /usage_exceeded|grace_period|quota_exceeded/,
      "the quota is spent, so raise it or wait for the next period",
    ],
    [/spike_protection|smart_rate_limit/, "spike protection is on, so wait until it ends or turn it off"],
    [/^rate_limited:.*key/, "the rate limit of the client key is reached, so raise it under Client Keys"],
    [/^invalid/, "Sentry rejects them as invalid, so see the reason on its Stats page"],
    [/^client_discard:(?!ratelimit)/, "SDKs could not send them, so check their network and Sentry's limits"],
    [/./, "a limit is reached, so see which on Sentry's Stats page, and raise it or wait"],
  ],
  discarded: [
    [/sample_rate/, "the SDK samples errors, so set its sampleRate as it was before"],
    [
      /before_send|event_processor|ignore/,
      "the SDK's beforeSend or ignoreErrors drops them, so check what changed",
    ],
    [/^filtered/, "an inbound filter drops them, so check Settings > Inbound Filters"],
  ],
};
