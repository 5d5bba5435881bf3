/** Words as a sentence: with a capital at its beginning and a stop at its end. Nothing stays nothing. */
export const asSentence = (words: string): string =>
  words === "" ? "" : `${words[0]?.toUpperCase()}${words.slice(1)}${/[.?!]$/.test(words) ? "" : "."}`;
