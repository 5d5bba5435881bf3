const REFERENCE = String.raw`(?:(?:[\w.-]+\/[\w.-]+)?#\d+|https?:\/\/[^\s)]+\/issues\/\d+)`;
const STATEMENT = new RegExp(
  String.raw`\b(?:ref(?:s|erences?)?|fix(?:e[sd])?|close[sd]?|resolve[sd]?):?\s+(${REFERENCE}(?:(?:,|\s+and|,\s+and)?\s+${REFERENCE})*)`,
  "gi",
);

/**
 * The issues that a pull request says it is a fix of: `Refs #12`, `Fixes acme/shop#12 and #13`, or a link after
 * such a word. A bare mention is none: people mention issues for many reasons.
 *
 * @param home owner/name of the repository that the issues are in
 * @param here owner/name of the repository of the pull request, which a bare `#12` means
 */
export function issuesFixedBy(text: string, home: string, here: string): number[] {
  const numbers = new Set<number>();
  for (const [, list = ""] of text.matchAll(STATEMENT))
    for (const [reference] of list.matchAll(new RegExp(REFERENCE, "gi"))) {
      const number = issueIn(reference, home.toLowerCase(), here.toLowerCase());
      if (number !== undefined) numbers.add(number);
    }
  return [...numbers];
}

function issueIn(reference: string, home: string, here: string): number | undefined {
  const link = /\/([\w.-]+\/[\w.-]+)\/issues\/(\d+)$/.exec(reference);
  const [, named, number] = link ?? /^([\w.-]+\/[\w.-]+)?#(\d+)$/.exec(reference) ?? [];
  if (number === undefined || (named?.toLowerCase() ?? here) !== home) return undefined;
  return Number(number);
}

/**
 * The pull requests that a pull request reverts, as GitHub's button writes it into the description.
 * @param here owner/name of its repository
 */
export const pullsRevertedBy = (text: string, here: string): number[] =>
  [...text.matchAll(/^Reverts ([\w.-]{1,39}\/[\w.-]{1,100})?#(\d+)[ \t\r]*$/gim)]
    .filter(([, where]) => (where ?? here).toLowerCase() === here.toLowerCase())
    .map(([, , number]) => Number(number));
