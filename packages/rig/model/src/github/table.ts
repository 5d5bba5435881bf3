/** Numbers for things: equal ones, by their JSON, share a number from 1 on. 0 is nothing. */
export class NumberTable<T> {
  readonly #numbers = new Map<string, number>();
  readonly #things: T[] = [];

  number(thing: T): number {
    const text = JSON.stringify(thing);
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    this.#things.push(thing);
    this.#numbers.set(text, this.#things.length);
    return this.#things.length;
  }

  /** @throws RangeError for a number that was never given, 0 as well */
  get(number: number): T {
    if (number < 1 || number > this.#things.length) throw new RangeError(`Nothing has the number ${number}.`);
    return this.#things[number - 1] as T;
  }

  find(number: number): T | undefined {
    return number === 0 ? undefined : this.get(number);
  }
}
