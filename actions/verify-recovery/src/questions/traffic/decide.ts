import { describeCount } from "@patchpilot/evidence";
import { describeInstant, describeSpan, MINUTE } from "@patchpilot/time";
import type { ExposureSource, GoneFact, VerifyFacts, VerifySettings } from "../../facts.ts";
import { EXPOSURE_NOUNS, nameFix } from "../../words.ts";
import { halt, haltUnknown, OPEN, pass, type VerifyAnswer, waitForCap } from "../answer.ts";
import { describeSilence } from "../latency/words.ts";

/** Is anybody using it? Silence without traffic proves nothing. */
export function askTraffic(facts: VerifyFacts, now: number, settings: VerifySettings): VerifyAnswer {
  const { traffic } = facts;
  if (traffic === undefined) return OPEN;
  if (traffic.state === "unknown")
    return haltUnknown("traffic", traffic.detail, UNREAD, facts, now, settings);
  if (traffic.gone !== undefined) return sayGone(traffic.gone, traffic.source, facts, now, settings);
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

/** You are asked at once: an app that nobody reaches is worse than what was repaired. */
function sayGone(
  { since, expected, logChance }: GoneFact,
  source: ExposureSource,
  facts: VerifyFacts,
  now: number,
  settings: VerifySettings,
): VerifyAnswer {
  const nouns = EXPOSURE_NOUNS[source];
  const usual = `about ${describeCount(expected)} ${nouns}`;
  const from = describeInstant(since, now);
  const chance = describeCount(Math.exp(Math.min(-logChance, MOST_LOG)));
  const wait = waitForCap(facts, now, settings, {
    verdict: "waiting",
    reason: `Nobody has used the app since ${from}, ${describeAfter(since, facts)}. The same hours usually have ${usual}.`,
    next: `Open the app as a visitor would. If it is down, roll back the fix or repair the app now. If it works, check that it still reports its ${nouns}.`,
    odds: [`So long a silence has a chance of under one in ${chance} if nothing changed.`],
  });
  // It is your turn already; when waiting would end says nothing more.
  const { follows: _, ...finding } = wait;
  return halt(
    { name: "traffic", state: "no", detail: `none since ${from}, where ${usual} would be usual` },
    { ...finding, needs: "traffic" },
  );
}

const MOST_LOG = Math.log(1e9);

function describeAfter(since: number, facts: VerifyFacts): string {
  const { deployment } = facts;
  const after = deployment?.state === "live" ? since - deployment.since : 0;
  return after < 5 * MINUTE
    ? `when ${nameFix(facts)} went live`
    : `${describeSpan(after)} after ${nameFix(facts)} went live`;
}

function describeStop(facts: VerifyFacts) {
  if (facts.kind !== "performance")
    return {
      reason: `Hardly any traffic since ${nameFix(facts)} went live, compared with the same hours before, so the absence of errors proves nothing.`,
      next: "Check that people reach the app.",
    };
  const { why, next } = describeSilence(facts);
  return { reason: `Nothing shows whether it is fast: ${why}.`, next: next ?? null };
}

const UNREAD = "Traffic could not be read";
