import { judgeRefusal, type Refused } from "../asking.ts";
import { type Check, type CheckSubject, unseen } from "../check.ts";

/** Who may see a part, and where they look by hand. */
export type Audience = {
  /** As the end of "you need …": `admin rights`. */
  readonly rights: string;
  /** What a fine-grained token needs besides: `Administration: read`. */
  readonly permission: string;
  /** A page, or a path through GitHub's menus. */
  readonly look: string;
};

/** What GitHub says if the user may see it, but the token may not be used here. */
const TOKEN_IS_BARRED = /\bSAML\b|IP allow ?list|suspended/i;

/**
 * A part that this user may not see, or this server does not have: GitHub answers 403 or 404 for the first, depending on
 * the route and the token, and 404 for the second.
 */
export function judgeHidden(subject: CheckSubject, refusal: Refused, audience: Audience): Check {
  const { kind, found, remedy, asked } = refusal;
  if (kind !== "forbidden" && kind !== "not-found") return judgeRefusal(subject, refusal);
  if (TOKEN_IS_BARRED.test(found)) return unseen(subject, found, remedy, asked);
  const older = kind === "not-found" ? " An older GitHub Enterprise Server does not show it to anyone." : "";
  return unseen(
    subject,
    `you need ${audience.rights} to see it. A fine-grained token also needs \`${audience.permission}\`.${older}`,
    `Ask someone who can see it, or look at ${audience.look}.`,
    asked,
  );
}
