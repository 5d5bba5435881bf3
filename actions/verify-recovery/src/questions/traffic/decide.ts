import type { ExposureSource, VerifyFacts, VerifySettings } from "../../facts.ts";
import { halt, OPEN, pass, type VerifyAnswer, waitUntil } from "../answer.ts";
import { capInstant } from "../cap.ts";

/** Is anybody using it? Silence without traffic proves nothing. */
export function askTraffic(facts: VerifyFacts, now: number, settings: VerifySettings): VerifyAnswer {
  const { traffic } = facts;
  if (traffic === undefined) return OPEN;
  const deadline = capInstant(facts, settings);
  if (traffic.state === "unknown") {
    return halt(
      { name: "traffic", state: "unknown", detail: traffic.detail },
      waitUntil(deadline, now, {
        verdict: "unknown",
        reason: `Traffic could not be read: ${traffic.detail}`,
        next: "It goes on when traffic can be read again.",
      }),
    );
  }
  if (traffic.alive === false) {
    return halt(
      {
        name: "traffic",
        state: "no",
        detail: `almost none compared with the same hours before (${NOUNS[traffic.source]})`,
      },
      waitUntil(deadline, now, {
        verdict: "waiting",
        reason: "The traffic has stopped, so that no errors means nothing.",
        next: "It goes on when there is traffic again.",
      }),
    );
  }
  return pass({
    name: "traffic",
    state: traffic.alive === true ? "yes" : "unknown",
    detail:
      traffic.source === "clock" ? "not counted; hours are, instead" : `counted in ${NOUNS[traffic.source]}`,
  });
}

/** What exposure is made of, for people. */
export const NOUNS: { readonly [Source in ExposureSource]: string } = {
  spans: "requests",
  sessions: "sessions",
  posthog: "product events",
  clock: "hours",
};
