import { SECOND } from "@patchpilot/time";
import type { SwitchFacts } from "../facts.ts";

/**
 * How long after its note our own switching off may show. It is one request, which is asked again at most twice; and both
 * instants are GitHub's.
 */
const OWN_WITHIN = 60 * SECOND;
/** GitHub gives the instants of a workflow in whole seconds. */
const ROUNDED = SECOND;

/** Who or what keeps a workflow from running. */
export type Stop =
  | "none"
  /** PatchPilot switched it off, and nothing has changed since. */
  | "ours"
  /** Someone else switched it off: that stays. */
  | "theirs"
  /** GitHub did, after 60 days without a commit in a public repository. */
  | "inactivity"
  /** GitHub did, since the repository is a fork. */
  | "fork"
  | "deleted";

/**
 * Finds whose stop it is. GitHub shows the same state for ours and someone else's, so ours has to be proven: by the note, and by
 * an `updated_at` that is the one we saw, or, where the run ended before it looked, that is right behind the note. Pure.
 */
export function whoseStop({ workflow, kept }: SwitchFacts): Stop {
  const { state, updatedAt } = workflow;
  if (state === "active") return "none";
  if (state === "disabled_inactivity") return "inactivity";
  if (state === "disabled_fork") return "fork";
  if (state === "deleted") return "deleted";
  const { note, notedAt } = kept;
  if (note?.state !== "off") return "theirs";
  if (note.seenAt !== undefined) return note.seenAt === updatedAt ? "ours" : "theirs";
  const age = updatedAt - notedAt;
  return age >= -ROUNDED && age <= OWN_WITHIN ? "ours" : "theirs";
}
