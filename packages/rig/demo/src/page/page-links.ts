/** Ids on the page: where a link may lead. */
export const threadId = (number: number): string => `thread-${number}`;
export const commentId = (id: number): string => `comment-${id}`;
export const filesId = (number: number): string => `files-${number}`;
export const runId = (id: number): string => `run-${id}`;
export const mailId = (index: number): string => `mail-${index + 1}`;

/** Finds where on the page an address leads; undefined where the page does not have it. */
export type ResolveLink = (href: string) => string | undefined;

const ADDRESS = /^https?:\/\/[^/]*github[^/]*\/[^/]+\/[^/]+\/(issues|pull|actions\/runs)\/(\d+)(\/files)?/;

/**
 * Of the addresses of the story only those lead somewhere that are about what the page shows: its services are gone.
 * @param ids what the page has
 */
export function linksWithin(ids: ReadonlySet<string>): ResolveLink {
  return (href) => {
    const [, kind, digits, files] = ADDRESS.exec(href) ?? [];
    const number = Number(digits);
    const comment = /#issuecomment-(\d+)$/.exec(href)?.[1];
    const wanted =
      kind === undefined
        ? []
        : kind === "actions/runs"
          ? [runId(number)]
          : [
              ...(comment === undefined ? [] : [commentId(Number(comment))]),
              ...(files === undefined ? [] : [filesId(number)]),
              threadId(number),
            ];
    const found = wanted.find((id) => ids.has(id));
    return found === undefined ? undefined : `#${found}`;
  };
}
