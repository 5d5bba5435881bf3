import { HOUR } from "@patchpilot/time";
import { RULE } from "@patchpilot/verdict";
import type { VerifyFacts, VerifySettings } from "../facts.ts";

/** When waiting ends where the rate of the errors, which sets the cap, is not known. */
export function capInstant({ deployment, errors }: VerifyFacts, settings: VerifySettings): number {
  const since = deployment?.state === "live" ? deployment.since : 0;
  const hours = errors?.state === "counted" ? errors.summary.cap : (settings.capHours ?? RULE.capHours);
  return since + hours * HOUR;
}
