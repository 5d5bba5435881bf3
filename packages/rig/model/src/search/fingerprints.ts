/**
 * A set of states by fingerprints of 64 bits, with how each was reached: open addressing over typed arrays, 17 bytes a
 * state. Of n states, two share a fingerprint with a probability of about n² / 2^65: for 10 million, 3 in a million.
 */
export class Fingerprints {
  #capacity: number;
  #low: Uint32Array;
  #high: Uint32Array;
  #index: Uint32Array;
  /** Of each state, by its index: the index of the state before it, and which of its steps led here. */
  #parents: Uint32Array;
  #choices: Uint8Array;
  size = 0;

  constructor(capacity = 1 << 16) {
    this.#capacity = capacity;
    this.#low = new Uint32Array(capacity);
    this.#high = new Uint32Array(capacity);
    this.#index = new Uint32Array(capacity);
    this.#parents = new Uint32Array(capacity);
    this.#choices = new Uint8Array(capacity);
  }

  /** @returns the index of a state that was not in the set yet, else undefined */
  add(state: Uint32Array, parent = 0, choice = 0): number | undefined {
    if (this.size * 2 > this.#capacity) this.#grow();
    const [low, high] = fingerprint(state);
    const slot = this.#find(low, high);
    if (this.#index[slot] !== 0) return undefined;
    const index = this.size;
    this.size += 1;
    this.#low[slot] = low;
    this.#high[slot] = high;
    this.#index[slot] = this.size;
    this.#parents[index] = parent;
    this.#choices[index] = choice;
    return index;
  }

  has(state: Uint32Array): boolean {
    const [low, high] = fingerprint(state);
    return this.#index[this.#find(low, high)] !== 0;
  }

  /** The choices that lead from the first state to this one. */
  trace(index: number): number[] {
    const choices: number[] = [];
    for (let at = index; at !== 0; at = this.#parents[at] as number)
      choices.push(this.#choices[at] as number);
    return choices.reverse();
  }

  #find(low: number, high: number): number {
    const mask = this.#capacity - 1;
    let slot = (low ^ (high >>> 7)) & mask;
    while (this.#index[slot] !== 0 && !(this.#low[slot] === low && this.#high[slot] === high))
      slot = (slot + 1) & mask;
    return slot;
  }

  #grow(): void {
    const { low, high, index } = { low: this.#low, high: this.#high, index: this.#index };
    this.#capacity *= 2;
    this.#low = new Uint32Array(this.#capacity);
    this.#high = new Uint32Array(this.#capacity);
    this.#index = new Uint32Array(this.#capacity);
    for (let old = 0; old < index.length; old += 1) {
      if (index[old] === 0) continue;
      const slot = this.#find(low[old] as number, high[old] as number);
      this.#low[slot] = low[old] as number;
      this.#high[slot] = high[old] as number;
      this.#index[slot] = index[old] as number;
    }
    this.#parents = extend(this.#parents, new Uint32Array(this.#capacity));
    this.#choices = extend(this.#choices, new Uint8Array(this.#capacity));
  }
}

function extend<A extends Uint32Array | Uint8Array>(from: A, to: A): A {
  to.set(from);
  return to;
}

/** Two hashes of 32 bits that are mixed with each other, after murmur3. */
function fingerprint(state: Uint32Array): readonly [low: number, high: number] {
  let a = 0x9e3779b9;
  let b = 0x85ebca6b;
  for (let at = 0; at < state.length; at += 1) {
    const word = state[at] as number;
    a = Math.imul(a ^ word, 0xcc9e2d51);
    a = ((a << 15) | (a >>> 17)) + b;
    b = Math.imul(b ^ (word + at), 0x1b873593);
    b = ((b << 13) | (b >>> 19)) ^ a;
  }
  a = Math.imul(a ^ (a >>> 16) ^ b, 0x85ebca6b);
  b = Math.imul(b ^ (b >>> 13) ^ a, 0xc2b2ae35);
  return [(a ^ (b >>> 16)) >>> 0, (b ^ (a >>> 15)) >>> 0];
}
