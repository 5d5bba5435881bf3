import type { Facts } from "../github/facts.ts";
import type { Config } from "./config.ts";

/** Answers that are kept of one kind of question. Beyond that all are forgotten: a view is asked about for a few levels only. */
const KEPT = 1 << 16;

/** Asks each question once, since all that it asks is pure. */
export class OnceJudge {
  protected readonly facts: Facts;
  protected readonly config: Config;
  readonly #answers = new Map<string, Map<string | number, unknown>>();

  constructor(facts: Facts, config: Config) {
    this.facts = facts;
    this.config = config;
  }

  /** @param about what the answer depends on: a number, or numbers in words */
  protected once<T>(question: string, about: string | number, answer: () => T): T {
    const answers = this.#answers.get(question) ?? new Map<string | number, unknown>();
    if (answers.size === 0) this.#answers.set(question, answers);
    const known = answers.get(about);
    if (known !== undefined) return known as T;
    const found = answer();
    if (answers.size >= KEPT) answers.clear();
    answers.set(about, found);
    return found;
  }
}
