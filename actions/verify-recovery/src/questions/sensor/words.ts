import { describeSpan } from "@patchpilot/time";
import { findSensorHold, type Loss } from "@patchpilot/verdict";
import type { Hold } from "../hold.ts";
import type { SensorFact } from "./facts.ts";

/**
 * Why the silence proves nothing, and what helps.
 * @param begin since when the sensor is doubted
 */
export function describeSensor(sensor: SensorFact | undefined, begin = "the deploy"): Hold {
  if (sensor?.state !== "counted")
    return {
      why: "it could not be read whether Sentry still receives errors, so their absence proves nothing",
    };
  const hold = findSensorHold(sensor.summary);
  if (hold === undefined) return { why: null };
  if (hold.kind === "early")
    return {
      why: `none of the project's other errors has arrived for ${describeSpan(hold.quietMs)}, so errors may be lost or late`,
      more: `none of the project's other errors has arrived for ${describeSpan(hold.quietMs)}; ${hold.untilHours} h after the deploy there is enough to tell`,
    };
  if (hold.kind === "stopped")
    return {
      why: "the project's other errors have stopped as well, so perhaps none reach Sentry",
      more: `the project's other errors occurred in ${hold.seen} five-minute buckets since ${begin}, where about ${Math.round(hold.expected)} would be usual`,
      next: `Check Sentry's status and Stats page, and the SDK's DSN and sample rate.${begin === "the deploy" ? " If the fix ended those errors too, close this issue by hand." : ""}`,
    };
  if (hold.kind === "late")
    return {
      why: `no error of this project has arrived for ${describeSpan(hold.quietMs)}, longer than ever in the week before, so Sentry may be behind`,
      next: "Check Sentry's status and Stats page.",
    };
  const verb = hold.kind === "limited" ? "Sentry dropped" : "filters or SDKs discarded";
  return {
    why: `${verb} ${percent(hold.since)} of this project's errors since ${begin}, ${percent(hold.before)} before`,
    next: findRemedy(hold.kind, sensor.reasons[hold.kind] ?? ""),
  };
}

const percent = (share: number): string => `${Math.round(share * 100)} %`;

const findRemedy = (loss: Loss, reason: string): string =>
  REMEDIES[loss].find(([pattern]) => pattern.test(reason))?.[1] ?? "See the reason on Sentry's Stats page.";

/** By the outcome and reason under which most were lost; reasons come from SDKs too, so none is repeated here. */
const REMEDIES: { readonly [Name in Loss]: readonly (readonly [RegExp, string])[] } = {
  limited: [
    [
      /usage_exceeded|grace_period|quota_exceeded/,
      "The quota is spent: raise it, or wait for the next period.",
    ],
    [/spike_protection|smart_rate_limit/, "Spike protection is on: turn it off, or wait until it ends."],
    [/^rate_limited:.*key/, "The rate limit of the client key is reached: raise it under Client Keys."],
    [/^invalid/, "Sentry rejects them as invalid: see the reason on its Stats page."],
    [/^client_discard:(?!ratelimit)/, "SDKs could not send them: check their network and Sentry's limits."],
    [/./, "A limit is reached: see which on Sentry's Stats page, and raise it or wait."],
  ],
  discarded: [
    [/sample_rate/, "The SDK samples errors: set its sampleRate as it was before."],
    [
      /before_send|event_processor|ignore/,
      "The SDK's beforeSend or ignoreErrors drops them: check what changed.",
    ],
    [/^filtered/, "An inbound filter drops them: check Settings > Inbound Filters."],
  ],
};
