/** One thing that happened, at an instant of the virtual clock (ISO 8601). */
export type TimelineEntry = { readonly at: string; readonly actor: string; readonly event: string };

export type Timeline = ReturnType<typeof createTimeline>;

/** @param onEntry told of every entry at once */
export function createTimeline(now: () => number, onEntry: (entry: TimelineEntry) => void) {
  const entries: TimelineEntry[] = [];
  return {
    entries: entries as readonly TimelineEntry[],
    note: (actor: string, event: string): void => {
      const entry = { at: new Date(now()).toISOString(), actor, event };
      entries.push(entry);
      onEntry(entry);
    },
  };
}
