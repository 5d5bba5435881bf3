import {
  type OperationPattern,
  operationId,
  operationQuery,
  quoteValue,
  type SpanOperation,
} from "./operation.ts";

/** A search that finds an operation's spans, and possibly others'. */
export type Search = { readonly operation: SpanOperation | OperationPattern; readonly search: string };

export const writeSearch = (operation: Search["operation"]): string =>
  "search" in operation ? operation.search : operationQuery(operation);

export const isSame = (asked: Search["operation"], found: SpanOperation): boolean =>
  "search" in asked ? asked.isIt(found) : operationId(asked) === operationId(found);

/** The spans of an operation that name one of some releases. */
export const narrowToReleases = (
  operation: Search["operation"],
  releases: readonly string[],
): OperationPattern => ({
  search: `${writeSearch(operation)} release:[${releases.map(quoteValue).join(",")}]`,
  isIt: (found) => isSame(operation, found),
});

/** An address is refused from about 8 KB on. */
const MAX_ENCODED = 6_000;

/**
 * As many searches together as fit into a reply and into an address. Operations that one search cannot tell apart (texts
 * that differ late) are asked for separately: with an OR, the lower threshold would count for both.
 */
export function groupSearches(searches: readonly Search[], most: number): readonly (readonly Search[])[] {
  const groups: Search[][] = [];
  let length = 0;
  for (const one of searches) {
    const encoded = encodeURIComponent(`(${one.search}) OR `).length;
    const last = groups.at(-1);
    const isAlike = last?.some((other) => writeSearch(other.operation) === writeSearch(one.operation));
    if (last && last.length < most && length + encoded <= MAX_ENCODED && !isAlike) {
      last.push(one);
      length += encoded;
    } else {
      groups.push([one]);
      length = encoded;
    }
  }
  return groups;
}
