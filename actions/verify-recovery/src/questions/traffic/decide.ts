import type { VerifyFacts, VerifySettings } from "../../facts.ts";
import { EXPOSURE_NOUNS } from "../../words.ts";
import { halt, haltUnknown, OPEN, pass, type VerifyAnswer, waitForCap } from "../answer.ts";
import { describeSilence } from "../latency/words.ts";

/** Is anybody using it? Silence without traffic proves nothing. */
export function askTraffic(facts: VerifyFacts, now: number, settings: VerifySettings): VerifyAnswer {
  const { traffic } = facts;
  if (traffic === undefined) return OPEN;
  if (traffic.state === "unknown")
    return haltUnknown("traffic", traffic.detail, UNREAD, facts, now, settings);
  if (traffic.alive === false) {
    return halt(
      {
        name: "traffic",
        state: "no",
        detail: `almost none compared with the same hours before (${EXPOSURE_NOUNS[traffic.source]})`,
      },
      waitForCap(facts, now, settings, { verdict: "waiting", ...describeStop(facts) }),
    );
  }
  return pass({
    name: "traffic",
    state: traffic.alive === true ? "yes" : "unknown",
    detail:
      traffic.source === "clock"
        ? "not counted; hours are, instead"
        : `counted in ${EXPOSURE_NOUNS[traffic.source]}`,
  });
}

function describeStop(facts: VerifyFacts) {
  if (facts.kind !== "performance")
    return {
      reason: "Traffic has stopped, so the absence of errors proves nothing.",
      next: "Verification resumes once there is traffic again.",
    };
  const { why, next } = describeSilence(facts);
  return { reason: `Nothing shows whether it is fast: ${why}.`, next };
}

const UNREAD = {
  what: "Traffic could not be read",
  next: "Verification resumes once traffic can be read again.",
};
