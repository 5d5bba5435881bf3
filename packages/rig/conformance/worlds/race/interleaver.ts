/** What happens to one request of an actor. `lost`: it takes effect, and the reply never arrives. */
export type RequestFate = "served" | "lost" | "crash";

type Waiting = { readonly actor: number; readonly decide: (fate: RequestFate) => void };

/** Thrown into nothing: a crashed actor's promises stay open for ever, as a killed process's do. */
const never = new Promise<never>(() => undefined);

const connectionReset = (): TypeError =>
  new TypeError("fetch failed", {
    cause: Object.assign(new Error("socket hang up"), { code: "ECONNRESET" }),
  });

/**
 * Runs actors that talk to one simulator, one request at a time: between any two requests the caller chooses who
 * goes on, and what becomes of the request. The order of everything follows from the choices.
 */
export class Interleaver {
  readonly #serve: typeof fetch;
  readonly #waiting: Waiting[] = [];
  readonly #alive = new Set<number>();
  #serving = 0;
  #names = 0;
  /** Faults of the code under test: what an actor threw. */
  readonly failures: unknown[] = [];

  constructor(serve: typeof fetch) {
    this.#serve = serve;
  }

  /**
   * Starts an actor; it runs until its first request and then waits for its turn.
   * @returns whether it still lives: neither ended nor killed.
   */
  start(body: (fetch: typeof globalThis.fetch) => Promise<void>): () => boolean {
    this.#names += 1;
    const actor = this.#names;
    this.#alive.add(actor);
    body((input, init) => this.#ask(actor, new Request(input, init)))
      .catch((error) => void this.failures.push(error))
      .finally(() => this.#alive.delete(actor));
    return () => this.#alive.has(actor);
  }

  async #ask(actor: number, request: Request): Promise<Response> {
    const fate = await new Promise<RequestFate>((decide) => this.#waiting.push({ actor, decide }));
    if (fate === "crash") return never;
    this.#serving += 1;
    try {
      const reply = await this.#serve(request);
      if (fate === "lost") throw connectionReset();
      return reply;
    } finally {
      this.#serving -= 1;
    }
  }

  /** Lets one request through. @returns false once nobody is left. */
  async step(
    choose: (count: number) => { readonly index: number; readonly fate: RequestFate },
  ): Promise<boolean> {
    await this.#settle();
    if (this.#waiting.length === 0) return false;
    this.#waiting.sort((a, b) => a.actor - b.actor);
    const { index, fate } = choose(this.#waiting.length);
    const [chosen] = this.#waiting.splice(index, 1);
    if (chosen === undefined) return false;
    if (fate === "crash") this.#kill(chosen.actor);
    chosen.decide(fate);
    return true;
  }

  /** A killed process drops its other open requests too. */
  #kill(actor: number): void {
    this.#alive.delete(actor);
    for (let index = this.#waiting.length - 1; index >= 0; index -= 1)
      if (this.#waiting[index]?.actor === actor) this.#waiting.splice(index, 1);
  }

  /** Waits until every living actor stands before a request, so that timing chooses nothing. */
  async #settle(): Promise<void> {
    for (let turns = 0; turns < 20_000; turns += 1) {
      // `propose` runs git, whose end arrives through the poll phase: turns alone would spin past it.
      await new Promise<void>((resolve) => (turns < 100 ? setImmediate(resolve) : setTimeout(resolve, 1)));
      if (this.#serving > 0) continue;
      const standing = new Set(this.#waiting.map(({ actor }) => actor));
      if ([...this.#alive].every((actor) => standing.has(actor))) return;
    }
    throw new Error("An actor neither asks for anything nor ends; a timer or a real connection holds it.");
  }
}
