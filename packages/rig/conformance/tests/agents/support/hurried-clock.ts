import type { RepairPorts } from "@patchpilot/action-repair/ports";

/** A clock for an agent that waits for a model: every wait is over at once, and has taken its time. */
export function hurriedClock(): RepairPorts["clock"] {
  let now = 0;
  return {
    now: () => now,
    after: (milliseconds, act) => {
      const soon = setImmediate(() => {
        now += milliseconds;
        act();
      });
      return () => clearImmediate(soon);
    },
  };
}
