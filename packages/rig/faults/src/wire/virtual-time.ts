import type { Time } from "@patchpilot/http";
import type { VirtualClock } from "@patchpilot/simulators/clock";

type Timer = { readonly at: number; readonly act: () => void };

/** Shorter ones belong to the machine, not to a time-out. */
const SHORTEST = 1_000;
/** How often nothing has moved on the wire when somebody looks, after which everything waits for a timer. */
const QUIET_LOOKS = 200;
/** Of the machine's clock: its threads need time for a hash. */
const LOOK_MILLISECONDS = 5;

const { setTimeout: wait } = globalThis;
const look = () => new Promise<void>((resolve) => void wait(resolve, LOOK_MILLISECONDS));
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Time that passes only when everything waits for it: a run that waits 15 seconds takes none. */
export class VirtualTime implements Time {
  readonly #clock: VirtualClock;
  readonly #timers = new Map<object, Timer>();
  /** Counts what happened on the wire; a quiet wire lets timers fire. */
  #moves = 0;

  readonly #isWithoutTimers: boolean;

  /** @param isWithoutTimers loses each timer that is set, for the control that nothing ends a wait */
  constructor(clock: VirtualClock, isWithoutTimers = false) {
    this.#clock = clock;
    this.#isWithoutTimers = isWithoutTimers;
  }

  readonly now = (): number => this.#clock.now();

  /** Waits that begin at the same instant pass together, so the others are let begin first. */
  readonly sleep = async (milliseconds: number): Promise<void> => {
    const until = this.now() + milliseconds;
    await this.settle();
    this.advance(until - this.now());
  };

  /** Something happened, so nobody waits for a timer alone. */
  move(): void {
    this.#moves += 1;
  }

  advance(milliseconds: number): void {
    const until = this.now() + milliseconds;
    for (let next = this.#nextBefore(until); next !== undefined; next = this.#nextBefore(until))
      this.#fire(next);
    this.#clock.set(Math.max(until, this.now()));
  }

  /** Lets whatever else goes on come to rest. */
  async settle(): Promise<void> {
    for (let turns = 0; turns < 20; turns += 1) await turn();
  }

  /** Lets the next timer fire. @returns false where nobody has set one: what waits, waits for ever */
  fireNext(): boolean {
    const next = this.#nextBefore(Number.POSITIVE_INFINITY);
    if (next === undefined) return false;
    this.#fire(next);
    return true;
  }

  /**
   * Runs something with this time behind `setTimeout`.
   * @returns what it came to; `never ends` where it waits, and no timer would end that
   */
  async run<T>(work: () => Promise<T>): Promise<T | "never ends"> {
    const restore = this.#install();
    try {
      const result = work();
      let isOver = false;
      const end = () => {
        isOver = true;
        return "ended" as const;
      };
      const first = await Promise.race([result.then(end, end), this.#watch(() => isOver)]);
      return first === "never ends" ? first : await result;
    } finally {
      restore();
    }
  }

  async #watch(isOver: () => boolean): Promise<"never ends" | "ended"> {
    let quiet = 0;
    let seen = this.#moves;
    while (!isOver()) {
      await look();
      quiet = this.#moves === seen ? quiet + 1 : 0;
      seen = this.#moves;
      if (quiet < QUIET_LOOKS) continue;
      if (!this.fireNext()) return "never ends";
      quiet = 0;
    }
    return "ended";
  }

  #nextBefore(until: number): [object, Timer] | undefined {
    const due = [...this.#timers].filter(([, { at }]) => at <= until);
    return due.sort(([, a], [, b]) => a.at - b.at)[0];
  }

  #fire([handle, { at, act }]: [object, Timer]): void {
    this.#timers.delete(handle);
    if (at > this.now()) this.#clock.set(at);
    this.#moves += 1;
    act();
  }

  #install(): () => void {
    const { setTimeout: set, clearTimeout: clear } = globalThis;
    const virtual = (act: (...args: unknown[]) => void, milliseconds = 0, ...args: unknown[]) => {
      if (milliseconds < SHORTEST) return set(act, milliseconds, ...args);
      const handle = { ref: () => handle, unref: () => handle, hasRef: () => false };
      if (!this.#isWithoutTimers)
        this.#timers.set(handle, { at: this.now() + milliseconds, act: () => act(...args) });
      return handle;
    };
    globalThis.setTimeout = virtual as never;
    globalThis.clearTimeout = ((handle: object) => {
      if (!this.#timers.delete(handle)) clear(handle as never);
    }) as never;
    return () => {
      this.#timers.clear();
      globalThis.setTimeout = set;
      globalThis.clearTimeout = clear;
    };
  }
}
