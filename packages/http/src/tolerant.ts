import { HttpFailure } from "./failure.ts";

/** Asks a provider for what a run can do without; `what` names it for people. Null: it could not be read. */
export type Tolerate = <T>(what: string, ask: () => Promise<T>) => Promise<T | null>;

/** Turns a provider's failure into a warning; a refused credential goes on, for the person has to act on it. */
export function tolerant(warn: (sentence: string) => void): Tolerate {
  return async (what, ask) => {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof HttpFailure) || error.kind === "unauthorized") throw error;
      warn(`${what}: ${error.message}`);
      return null;
    }
  };
}
