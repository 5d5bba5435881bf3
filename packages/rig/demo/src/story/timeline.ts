/** One thing that happened, at an instant of the virtual clock (ISO 8601). */
export type TimelineEntry = { readonly at: string; readonly actor: string; readonly event: string };

export type Timeline = {
  readonly entries: readonly TimelineEntry[];
  readonly note: (actor: string, event: string) => void;
};

/** @param onEntry told of every entry at once */
export function createTimeline(now: () => number, onEntry: (entry: TimelineEntry) => void): Timeline {
  const entries: TimelineEntry[] = [];
  return {
    entries,
    note: (actor, event) => {
      const entry = { at: new Date(now()).toISOString(), actor, event };
      entries.push(entry);
      onEntry(entry);
    },
  };
}
