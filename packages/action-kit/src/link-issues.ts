/** Code, links and addresses, in which nothing is linked; then `owner/name#12` or `#12`. */
const REFERENCE =
  /(`+)[^`]*\1|\[(?:[^\][\\]|\\.)*\]\([^)\s]*\)|https?:\/\/\S+|(?<![\w&/#\\])(?:([\w.-]+\/[\w.-]+))?#(\d{1,10})\b/g;

/**
 * Makes `#12` and `owner/name#12` links, because GitHub links none in a step summary. Pure.
 * @param home address and owner/name of the repository whose issues `#12` means
 */
export const linkIssues = (markdown: string, home: { serverUrl: string; repository: string }): string =>
  markdown.replace(
    REFERENCE,
    (whole: string, _ticks: string, elsewhere: string | undefined, number: string | undefined) =>
      number === undefined
        ? whole
        : `[${whole}](${home.serverUrl}/${elsewhere ?? home.repository}/issues/${number})`,
  );
