/** GitHub lets this many wait in a group with `queue: max`. */
const MAX_PENDING = 100;

export type ConcurrencyRequest = {
  readonly group: string;
  readonly cancelInProgress: boolean;
  readonly queue: "single" | "max";
  /** Asks the holder to stop, when a later request cancels what is in progress. */
  readonly cancel: () => void;
};

/** A place in a group. `turn` says whether it may run or was cancelled while it waited. */
export type ConcurrencyTicket = {
  readonly turn: Promise<"run" | "cancelled">;
  /** Whether it has to wait now. */
  readonly waits: boolean;
  /** Gives the place back, or gives up waiting. */
  readonly leave: () => void;
};

type Entry = ConcurrencyRequest & { decide: (turn: "run" | "cancelled") => void };
type Group = { holder: Entry | undefined; pending: Entry[] };

/**
 * The concurrency groups of a repository; names are case-insensitive and shared by workflows and jobs. One entry holds
 * a group. By default one more waits and a newer one replaces it; with `queue: max` up to 100 wait, first in first
 * out, and further ones are cancelled.
 * https://docs.github.com/en/actions/how-tos/write-workflows/choose-when-workflows-run/control-workflow-concurrency
 */
export class ConcurrencyGroups {
  readonly #groups = new Map<string, Group>();

  enter(request: ConcurrencyRequest): ConcurrencyTicket {
    const name = request.group.toLowerCase();
    const group = this.#groups.get(name) ?? { holder: undefined, pending: [] };
    this.#groups.set(name, group);
    const { promise, resolve } = Promise.withResolvers<"run" | "cancelled">();
    const entry: Entry = { ...request, decide: resolve };
    this.#admit(group, entry);
    return { turn: promise, waits: group.holder !== entry, leave: () => this.#leave(name, entry) };
  }

  #admit(group: Group, entry: Entry): void {
    if (group.holder === undefined) {
      group.holder = entry;
      entry.decide("run");
      return;
    }
    if (entry.queue === "max" && group.pending.length >= MAX_PENDING) {
      entry.decide("cancelled");
      return;
    }
    if (entry.queue === "single" || entry.cancelInProgress) {
      for (const replaced of group.pending.splice(0)) replaced.decide("cancelled");
    }
    group.pending.push(entry);
    if (entry.cancelInProgress) group.holder.cancel();
  }

  #leave(name: string, entry: Entry): void {
    const group = this.#groups.get(name);
    if (group === undefined) return;
    if (group.holder !== entry) {
      group.pending = group.pending.filter((waiting) => waiting !== entry);
      entry.decide("cancelled");
      return;
    }
    group.holder = group.pending.shift();
    group.holder?.decide("run");
    if (group.holder === undefined) this.#groups.delete(name);
  }
}
