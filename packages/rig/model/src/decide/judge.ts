import type { Facts } from "../github/facts.ts";
import type { Config } from "./config.ts";

/** Asks each question once, since all that it asks is pure. */
export class OnceJudge {
  protected readonly facts: Facts;
  protected readonly config: Config;
  readonly #answers = new Map<string, unknown>();

  constructor(facts: Facts, config: Config) {
    this.facts = facts;
    this.config = config;
  }

  protected once<T>(question: string, answer: () => T): T {
    const known = this.#answers.get(question);
    if (known !== undefined) return known as T;
    const found = answer();
    this.#answers.set(question, found);
    return found;
  }
}
