import { type Text, unwrapped, writtenByHand } from "../pages/read-texts.ts";
import { REPLACED_WORDS } from "./replaced-words.ts";

/** The list itself, and its tests, have to name the words. */
const isList = ({ path }: Text): boolean =>
  /^packages\/build\/src\/house\/(?:english|sentences)\//.test(path);
const isGenerated = ({ path }: Text): boolean => /^actions\/[^/]+\/action\.yml$/.test(path);

/** How often each replaced expression occurs in what people wrote, over lines and in code as well. */
export function countWords(texts: readonly Text[]): Map<string, number> {
  const written = texts
    .filter((each) => !isList(each) && !isGenerated(each))
    .map(({ text }) => unwrapped(writtenByHand(text)));
  return new Map(
    REPLACED_WORDS.map(({ name, pattern }) => [
      name,
      written.reduce((sum, text) => sum + (text.match(pattern)?.length ?? 0), 0),
    ]),
  );
}
