import { isSensorKnown, isSensorSeen, type RecoveryNumbers, RULE } from "@patchpilot/verdict";
import type { VerifyFacts } from "../../facts.ts";

/**
 * Whether something beside the counts vouches for them: releases without the fix beside those with it, the requests of the
 * failing operation, or a sensor that is known to report. Without it the rule asks for more, as it does of records
 * from before it knew of these.
 */
export const isVouchedFor = ({ operation, sensor, errors }: VerifyFacts): boolean =>
  operation?.state === "counted" ||
  (sensor?.state === "counted" && isSensorKnown(sensor.summary)) ||
  (errors?.state === "counted" && errors.summary.control !== undefined);

/** The first rule of which traffic that is counted is no further sign of life: it has had its say. */
const COUNTS_TRAFFIC_ONCE = 3;

/** What shows that the app is in use beside what was counted. */
export function findSignOfLife(
  { health, traffic, sensor, errors }: VerifyFacts,
  { control }: RecoveryNumbers,
): string | undefined {
  if (health?.state === "healthy") return "the health check answers";
  if (control !== undefined) return "releases without the fix raised it meanwhile";
  if (sensor?.state === "counted" && isSensorSeen(sensor.summary))
    return "other errors of the project arrive as before";
  const rule = errors?.state === "counted" ? errors.summary.rule : RULE.version;
  if (rule < COUNTS_TRAFFIC_ONCE && traffic?.state === "counted" && traffic.alive === true)
    return "there is traffic";
  return undefined;
}
