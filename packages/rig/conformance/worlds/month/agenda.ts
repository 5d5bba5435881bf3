import type { VirtualClock } from "@patchpilot/simulators/clock";

/** What happens at which instant of a simulated world, in milliseconds since the epoch. */
export type Agenda = {
  /** Puts something down; what is put down for the same instant happens in that order. */
  readonly at: (instant: number, act: () => unknown) => void;
  /** Lets everything happen up to an instant, each after what came of the one before, and moves the clock there. */
  readonly playUntil: (instant: number) => Promise<void>;
};

export function openAgenda(clock: VirtualClock): Agenda {
  const entries: { readonly instant: number; readonly act: () => unknown }[] = [];
  return {
    at: (instant, act) => {
      const later = entries.findIndex((entry) => entry.instant > instant);
      entries.splice(later === -1 ? entries.length : later, 0, { instant, act });
    },
    playUntil: async (end) => {
      for (let next = entries[0]; next !== undefined && next.instant <= end; next = entries[0]) {
        entries.shift();
        clock.set(Math.max(clock.now(), next.instant));
        await next.act();
      }
      clock.set(Math.max(clock.now(), end));
    },
  };
}
