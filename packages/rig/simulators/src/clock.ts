/** The one clock of a simulated world, in milliseconds since the epoch. It moves only when told to. */
export class VirtualClock {
  #now: number;

  constructor(start: number | string | Date) {
    this.#now = new Date(start).getTime();
  }

  now(): number {
    return this.#now;
  }

  iso(): string {
    return new Date(this.#now).toISOString();
  }

  advance(milliseconds: number): void {
    if (milliseconds < 0) throw new RangeError("A virtual clock does not run backwards.");
    this.#now += milliseconds;
  }

  set(instant: number | string | Date): void {
    this.advance(new Date(instant).getTime() - this.#now);
  }
}
