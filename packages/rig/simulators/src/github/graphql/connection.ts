import { GitHubRefusal } from "../state/refusal.ts";
import type { Arguments } from "./resolver.ts";

/** The arguments of every connection. */
export const PAGING = ["first", "last", "after", "before"];

type Key = readonly (string | number)[];

/** In what order a connection lists its items: by a key that is unique among them. */
export type SortOrder<T> = { readonly keyOf: (item: T) => Key; readonly descending?: boolean };

export type GraphqlConnection = {
  readonly totalCount: number;
  readonly pageInfo: object;
  readonly nodes: readonly unknown[];
};

/**
 * Cuts the page that a query asks for out of a list. A cursor is the key of the item that it follows, so it holds
 * also when that item is gone.
 */
export function connectSorted<T>(
  items: readonly T[],
  args: Arguments,
  order: SortOrder<T>,
  nodeOf: (item: T) => unknown,
): GraphqlConnection {
  const sign = order.descending === true ? -1 : 1;
  const sorted = items
    .map((item) => ({ item, key: order.keyOf(item) }))
    .sort((left, right) => sign * compareKeys(left.key, right.key));
  const after = readCursor(args["after"]);
  const before = readCursor(args["before"]);
  const between = sorted.filter(
    ({ key }) =>
      (after === undefined || sign * compareKeys(key, after) > 0) &&
      (before === undefined || sign * compareKeys(key, before) < 0),
  );
  const { first, last } = args as { first?: number | null; last?: number | null };
  const page =
    first != null ? between.slice(0, first) : last != null ? between.slice(-last || between.length) : [];
  const [start, end] = [page.at(0), page.at(-1)];
  const findIndex = (entry: (typeof page)[number] | undefined): number =>
    entry === undefined ? -1 : sorted.indexOf(entry);
  return {
    totalCount: items.length,
    pageInfo: {
      hasNextPage: first != null ? page.length < between.length : before !== undefined,
      hasPreviousPage: findIndex(start) > 0,
      startCursor: start === undefined ? null : writeCursor(start.key),
      endCursor: end === undefined ? null : writeCursor(end.key),
    },
    get nodes() {
      return page.map(({ item }) => nodeOf(item));
    },
  };
}

/** A list in the order in which it comes. */
export function connectInOrder<T>(
  items: readonly T[],
  args: Arguments,
  nodeOf: (item: T) => unknown,
): GraphqlConnection {
  const numbered = items.map((item, index) => ({ item, index }));
  return connectSorted(numbered, args, { keyOf: ({ index }) => [index] }, ({ item }) => nodeOf(item));
}

function compareKeys(left: Key, right: Key): number {
  for (const [index, part] of left.entries()) {
    const other = right[index];
    if (other !== undefined && part !== other) return part < other ? -1 : 1;
  }
  return 0;
}

function writeCursor(key: Key): string {
  return Buffer.from(`cursor:v2:${JSON.stringify(key)}`).toString("base64");
}

function readCursor(cursor: string | null | undefined): Key | undefined {
  if (cursor == null) return undefined;
  const json = /^cursor:v2:(.*)$/s.exec(Buffer.from(cursor, "base64").toString())?.[1];
  if (json === undefined) {
    throw new GitHubRefusal("UNPROCESSABLE", `\`${cursor}\` does not appear to be a valid cursor.`);
  }
  return JSON.parse(json) as Key;
}
