import fc from "fast-check";
import { expect, test } from "vitest";
import { connectSorted, type GraphqlConnection } from "./connection.ts";

const numbers = fc.uniqueArray(fc.integer({ min: 0, max: 50 }), { maxLength: 30 });

function page(items: readonly number[], args: object, descending: boolean): GraphqlConnection {
  return connectSorted(items, args, { keyOf: (item) => [item], descending }, (item) => item);
}

test("pages taken forwards are the whole list, in order", () => {
  fc.assert(
    fc.property(numbers, fc.integer({ min: 1, max: 7 }), fc.boolean(), (items, first, descending) => {
      const seen: unknown[] = [];
      for (let after: string | null = null, more = true; more; ) {
        const { nodes, pageInfo } = page(items, { first, after }, descending);
        const info = pageInfo as { hasNextPage: boolean; endCursor: string | null };
        seen.push(...nodes);
        more = info.hasNextPage;
        after = info.endCursor;
      }
      expect(seen).toEqual([...items].sort((left, right) => (descending ? right - left : left - right)));
    }),
  );
});

test("a cursor still holds when the item that it names is gone", () => {
  const { pageInfo } = page([1, 2, 3, 4], { first: 2 }, false);
  const after = (pageInfo as { endCursor: string }).endCursor;
  expect(page([1, 3, 4], { first: 2, after }, false).nodes).toEqual([3, 4]);
});

test("`last` takes the end of the list", () => {
  expect(page([3, 1, 2], { last: 2 }, false).nodes).toEqual([2, 3]);
});

test("a cursor that none of ours wrote is refused", () => {
  expect(() => page([1], { first: 1, after: "b3RoZXI=" }, false)).toThrow(
    "does not appear to be a valid cursor",
  );
});
