import type { VerifyCheck, VerifyFacts, VerifySettings } from "../../facts.ts";
import { halt, OPEN, pass, type VerifyAnswer, waitForCap } from "../answer.ts";

/** Does the app answer? A name that does not resolve says nothing about the app, so it does not end the matter here. */
export function askHealth(facts: VerifyFacts, now: number, settings: VerifySettings): VerifyAnswer {
  const { health } = facts;
  if (health === undefined) return OPEN;
  const check: VerifyCheck = { name: "health", state: STATES[health.state], detail: health.detail };
  if (health.state !== "unhealthy") return pass(check);
  return halt(
    check,
    waitForCap(facts, now, settings, {
      verdict: "waiting",
      reason: `The fix is live, but the health check fails: ${health.detail}`,
      next: health.remedy ?? "Verification resumes once the health check answers as expected.",
    }),
  );
}

const STATES = { healthy: "yes", unhealthy: "no", unknown: "unknown", off: "skipped" } as const;
