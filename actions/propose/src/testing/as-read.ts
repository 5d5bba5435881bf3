/** Markdown of a pull request with its entities as the signs that they stand for. */
export const withoutEntities = (markdown: string): string =>
  markdown.replace(/&#x([0-9a-f]+);/g, (_, digits) => String.fromCodePoint(Number.parseInt(digits, 16)));

/** Markdown of a pull request as a reader sees it, with code between backticks. */
export const asRead = (markdown: string): string => withoutEntities(markdown.replace(/<\/?code>/g, "`"));
