import { describeRate } from "@patchpilot/evidence";
import { describeSpan, MINUTE } from "@patchpilot/time";
import type { VerifyFacts } from "../../facts.ts";
import type { Hold } from "../hold.ts";
import type { SiblingFact } from "./facts.ts";

const ALIKE = { place: "in the same place", message: "with the same type and message" } as const;

/** What is known of an error that may have taken the place of this one. */
export const describeSibling = (facts: VerifyFacts): Hold => ({
  why: nameSibling(facts),
  next: adviseOnSibling(facts.sibling),
});

function nameSibling({ sibling, deployment }: VerifyFacts): string {
  if (sibling?.state !== "found") return "it could not be read whether another error took its place";
  const { shortId, alike = "place", since, perHour, others = 0, incident } = sibling;
  const name = `${shortId}${incident ? ` (incident #${incident})` : ""}, ${ALIKE[alike]},`;
  const more = others === 0 ? "" : `, and so did ${others} more`;
  if (perHour === undefined) return `${name} began after the deploy`;
  const { before, after } = perHour;
  if (before > 0)
    return `${name} rose with the deploy from ${describeRate(before)} to ${describeRate(after)}${more}`;
  const live = deployment?.state === "live" ? deployment.since : undefined;
  const when =
    live === undefined || since === undefined
      ? "after the deploy"
      : `${describeSpan(Math.max(MINUTE, since - live))} after the deploy`;
  return `${name} began ${when}, at ${describeRate(after)}${more}`;
}

/** What you can do about it; undefined where there is none. */
function adviseOnSibling(sibling: SiblingFact | undefined): string | undefined {
  if (sibling === undefined || sibling.state === "none") return undefined;
  if (sibling.state === "unknown")
    return `${sibling.detail} Close it if you know that no other error took its place.`;
  const { shortId, perHour, incident } = sibling;
  const same = incident
    ? `close this one as a duplicate of #${incident}`
    : `merge it into this one in Sentry, or open it as an incident`;
  const other = perHour?.before === 0 ? `archive ${shortId} in Sentry` : "close this issue by hand";
  return `If ${shortId} is the same error, ${same}; if it has nothing to do with it, ${other}.`;
}
