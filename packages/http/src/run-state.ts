import { HttpFailure } from "./failure.ts";
import type { Time } from "./time.ts";

/** What one run may spend on one provider. */
export type HttpBudget = { readonly requests?: number; readonly ms?: number };

export type RunLimits = {
  readonly provider: string;
  readonly budget: HttpBudget;
  readonly breakerAfter: number;
};

/** What a run has learnt about a provider: spent requests and time, failures in a row, standing refusals. */
export class RunState {
  readonly #limits: RunLimits;
  readonly #time: Time;
  #startedAt: number | undefined;
  #failuresInARow = 0;
  #everythingStopped: HttpFailure | undefined;
  #writesStopped: HttpFailure | undefined;
  count = 0;
  serverTime: Date | undefined;

  constructor(limits: RunLimits, time: Time) {
    this.#limits = limits;
    this.#time = time;
  }

  /** Milliseconds of the run's budget that are left; the budget begins with the first request. */
  remainingMs(): number {
    const { ms = Number.POSITIVE_INFINITY } = this.#limits.budget;
    this.#startedAt ??= this.#time.now();
    return ms - (this.#time.now() - this.#startedAt);
  }

  /** Throws where a request must not be sent any more in this run. */
  admit(asked: string, read: boolean): void {
    const { budget, breakerAfter } = this.#limits;
    if (this.#everythingStopped) throw this.#repeat(this.#everythingStopped, asked);
    if (!read && this.#writesStopped) throw this.#repeat(this.#writesStopped, asked);
    if (this.#failuresInARow >= breakerAfter) {
      const happened = `was not asked again after ${this.#failuresInARow} failures in a row`;
      throw this.#failure("server", asked, happened);
    }
    if (this.remainingMs() <= 0) throw this.#outOfBudget(asked, `${(budget.ms ?? 0) / 1_000} seconds`);
    if (this.count >= (budget.requests ?? Number.POSITIVE_INFINITY)) {
      throw this.#outOfBudget(asked, `${budget.requests} requests`);
    }
  }

  /** The provider answered, whatever it said. */
  noteAnswer(date: string | null): void {
    this.#failuresInARow = 0;
    const instant = date === null ? Number.NaN : Date.parse(date);
    if (Number.isNaN(instant)) return;
    if (this.serverTime === undefined || instant > this.serverTime.getTime())
      this.serverTime = new Date(instant);
  }

  noteFailure(): void {
    this.#failuresInARow += 1;
  }

  stopEverything(failure: HttpFailure): void {
    this.#everythingStopped = failure;
  }

  stopWrites(failure: HttpFailure): void {
    this.#writesStopped ??= failure;
  }

  #repeat(first: HttpFailure, asked: string): HttpFailure {
    const { provider } = this.#limits;
    const { kind, status, retryAt } = first;
    return new HttpFailure({
      kind,
      provider,
      asked,
      happened: "was not asked: it had refused before",
      status,
      retryAt,
    });
  }

  #outOfBudget(asked: string, limit: string): HttpFailure {
    return this.#failure("budget", asked, `was not asked: this run's budget of ${limit} is used up`);
  }

  #failure(kind: "budget" | "server", asked: string, happened: string): HttpFailure {
    return new HttpFailure({ kind, provider: this.#limits.provider, asked, happened });
  }
}
