import type { CommandEvent } from "@patchpilot/incident";
import { attemptRecord, incidentOf, minutesAfter, START } from "@patchpilot/incident/testing";

export const label = (command: CommandEvent["command"], eventId = `LE_${command}`): CommandEvent => ({
  command,
  eventId,
  at: START,
  actor: { type: "User", id: 77, login: "maya" },
});

/** An incident in a phase that a label command may have ended. */
export const inPhase = (phase: "needs-human" | "requeued" | "verifying", issue = {}) =>
  incidentOf({ attempts: [attemptRecord({ phase, phaseAt: minutesAfter(50), reason: "why" })] }, issue);
export const commanded = (command: "take-on" | "retry") => ({ commands: [label(command)] });
