import type { Matter } from "../decide-turn.ts";
import type { Scene } from "../scene.ts";
import { adviseNeed } from "./needs.ts";
import { namePull } from "./pull.ts";

const HEADINGS: Readonly<Record<Matter, string | ((scene: Scene) => string)>> = {
  queued: ({ incident }) =>
    incident.episode > 1 ? "🟡 It is back, a repair comes next" : "🟡 Accepted, a repair comes next",
  capped: "🟡 Waiting: a cap is reached",
  paused: "🟡 Accepted, nothing is repaired by itself",
  repair: ({ turn }) => `🟡 Being repaired${nameLater(turn.attempt?.attempt)}`,
  unpublished: ({ turn }) => `🟡 Attempt ${turn.attempt?.attempt ?? 1} published nothing`,
  retry: "🟡 Not fixed yet, another attempt comes next",
  "fix-elsewhere": "🟡 Someone has a fix under way",
  deploying: ({ turn: { recovery } }) =>
    recovery?.decision === "reopen"
      ? "🟡 Production lost the fix"
      : `🟡 Merged, ${recovery?.verdict === "unknown" ? "not known to be live" : "not live yet"}`,
  watching: (scene) => `🟡 Live${liveSince(scene)}, watching`,
  review: (scene) => `🔴 Your turn: review ${namePull(scene.turn.attempt, scene)}`,
  plan: "🔴 Your turn: approve the plan",
  answer: "🔴 Your turn: answer the agent",
  report: "🔴 Your turn: read the report",
  publish: "🔴 Your turn: publish the fix or not",
  traffic: "🔴 Needs you: nobody reaches the app",
  deploy: "🔴 Needs you: the fix is not live",
  reopened: "🔴 Your turn: it was reopened",
  decide: ({ turn }) => `🔴 Needs you: ${adviseNeed(turn.need).heading}`,
  held: "⚪ On hold",
  recovered: "🟢 Recovered",
  done: "🟢 Done",
  dismissed: "⚪ Closed by a person",
};

/** A colour word and whose turn it is, without the marks of a heading. */
export function headingText(scene: Scene): string {
  const heading = HEADINGS[scene.turn.matter];
  return typeof heading === "string" ? heading : heading(scene);
}

const nameLater = (attempt = 1): string => (attempt > 1 ? `, attempt ${attempt}` : "");

/** Since when production has had the fix, as the verdict has it. */
function liveSince({ turn: { recovery }, at }: Scene): string {
  const { facts } = (recovery?.numbers ?? {}) as { facts?: { deployment?: { since?: unknown } } };
  const since = facts?.deployment?.since;
  return typeof since === "number" ? ` since ${at(new Date(since).toISOString())}` : "";
}
