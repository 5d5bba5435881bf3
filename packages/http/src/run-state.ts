import { HttpFailure, type HttpFailureFacts, type HttpFailureKind } from "./failure.ts";
import type { Time } from "./time.ts";

/** What one run may spend on one provider. */
export type HttpBudget = { readonly requests?: number; readonly ms?: number };

/** Failures in a row after which nothing more is asked in a run. */
const BREAKER_AFTER = 5;

/** What a run has learnt about a provider: spent requests and time, failures in a row, standing refusals. */
export class RunState {
  readonly #provider: string;
  readonly #budget: HttpBudget;
  readonly #time: Time;
  #startedAt: number | undefined;
  #failuresInARow = 0;
  #everythingStopped: HttpFailure | undefined;
  #writesStopped: HttpFailure | undefined;
  count = 0;
  serverTime: Date | undefined;

  constructor(provider: string, budget: HttpBudget, time: Time) {
    this.#provider = provider;
    this.#budget = budget;
    this.#time = time;
  }

  /** Milliseconds of the run's budget that are left; the budget begins with the first request. */
  remainingMs(): number {
    const { ms = Number.POSITIVE_INFINITY } = this.#budget;
    this.#startedAt ??= this.#time.now();
    return ms - (this.#time.now() - this.#startedAt);
  }

  /** Throws where a request must not be sent any more in this run. */
  admit(asked: string, read: boolean): void {
    const budget = this.#budget;
    if (this.#everythingStopped) throw this.#repeat(this.#everythingStopped, asked);
    if (!read && this.#writesStopped) throw this.#repeat(this.#writesStopped, asked);
    if (this.#failuresInARow >= BREAKER_AFTER) {
      throw this.#fail(
        "server",
        asked,
        `was not asked again after ${this.#failuresInARow} failures in a row`,
      );
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

  #repeat({ kind, status, retryAt }: HttpFailure, asked: string): HttpFailure {
    return this.#fail(kind, asked, "was not asked: it had refused before", { status, retryAt });
  }

  #outOfBudget(asked: string, limit: string): HttpFailure {
    return this.#fail("budget", asked, `was not asked: this run's budget of ${limit} is used up`);
  }

  #fail(
    kind: HttpFailureKind,
    asked: string,
    happened: string,
    more: Partial<HttpFailureFacts> = {},
  ): HttpFailure {
    return new HttpFailure({ ...more, kind, provider: this.#provider, asked, happened });
  }
}
