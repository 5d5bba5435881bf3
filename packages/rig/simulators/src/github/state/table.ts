/** Counts the writes of a world. With `keepHistory`, tables can be read as they were some writes ago. */
export type Versions = { current: number; readonly keepHistory: boolean };

type Past<V> = { readonly version: number; readonly value: V | undefined };

/**
 * A map of immutable records. A reader may ask for an earlier version; what was deleted is then there again.
 * Records are replaced, never changed, so a version is only a pointer. Order is that of first insertion.
 */
export class VersionedTable<K, V> {
  readonly #versions: Versions;
  readonly #groupOf: ((value: V) => K | number | string) | undefined;
  readonly #current = new Map<K, V>();
  readonly #past = new Map<K, Past<V>[]>();
  readonly #groups = new Map<unknown, Set<K>>();

  /** @param groupOf names the group of a record, which never changes; `listGroup` then finds it without a scan. */
  constructor(versions: Versions, groupOf?: (value: V) => K | number | string) {
    this.#versions = versions;
    this.#groupOf = groupOf;
  }

  get(key: K, version?: number): V | undefined {
    if (this.#isPresent(version)) return this.#current.get(key);
    return this.#past.get(key)?.findLast((entry) => entry.version <= version)?.value;
  }

  list(version?: number): V[] {
    if (this.#isPresent(version)) return [...this.#current.values()];
    return this.#pick(this.#past.keys(), version);
  }

  /** Whether a record as it is now fits. */
  some(fits: (value: V) => boolean): boolean {
    return this.#current.values().some(fits);
  }

  /** The records of one group, which needs a `groupOf`. */
  listGroup(group: unknown, version?: number): V[] {
    return this.#pick(this.#groups.get(group) ?? [], version);
  }

  set(key: K, value: V): V {
    this.#current.set(key, value);
    this.#remember(key, value);
    if (this.#groupOf !== undefined) {
      const group = this.#groupOf(value);
      const keys = this.#groups.get(group) ?? new Set<K>();
      this.#groups.set(group, keys.add(key));
    }
    return value;
  }

  delete(key: K): void {
    this.#current.delete(key);
    this.#remember(key, undefined);
  }

  #isPresent(version: number | undefined): version is undefined {
    return version === undefined || version >= this.#versions.current;
  }

  #pick(keys: Iterable<K>, version: number | undefined): V[] {
    const found: V[] = [];
    for (const key of keys) {
      const value = this.get(key, version);
      if (value !== undefined) found.push(value);
    }
    return found;
  }

  #remember(key: K, value: V | undefined): void {
    if (!this.#versions.keepHistory) return;
    const entries = this.#past.get(key) ?? [];
    entries.push({ version: this.#versions.current, value });
    this.#past.set(key, entries);
  }
}
