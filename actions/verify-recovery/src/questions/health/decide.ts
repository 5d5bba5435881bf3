import type { VerifyCheck, VerifyFacts, VerifySettings } from "../../facts.ts";
import { capitalise, nameFix, nameMerge } from "../../words.ts";
import { endSentence, halt, OPEN, pass, type VerifyAnswer, waitForCap } from "../answer.ts";

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
      reason: `${capitalise(nameLive(facts))} is live, but the health check fails: ${endSentence(health.detail)}`,
      next: health.remedy ?? "Look at the app: its health check has to answer as expected.",
    }),
  );
}

/** Work that someone asked for is no fix. */
const nameLive = (facts: VerifyFacts): string =>
  facts.kind === "asked" && facts.fix.kind === "merged" ? nameMerge(facts.fix) : nameFix(facts);

const STATES = { healthy: "yes", unhealthy: "no", unknown: "unknown", off: "skipped" } as const;
