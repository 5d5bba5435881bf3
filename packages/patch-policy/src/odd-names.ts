/** Files of git's own that any change may bring, by exactly these names: none of them makes git run anything. */
const ORDINARY_GIT_FILES = [".gitignore", ".gitkeep", ".gitattributes"];

/** Names that some file system takes for `.git`, and what belongs to git or GitHub. */
const GIT_NAME = /^(\.git|git~\d)/i;

/** Whether a path belongs to git or GitHub, as any file system may read it. Pure. */
export function belongsToGit(path: string): boolean {
  const parts = path.split("/");
  return parts.some((part, at) => {
    if (at === parts.length - 1 && ORDINARY_GIT_FILES.includes(part)) return false;
    return GIT_NAME.test(part.normalize("NFKC").replace(/[. ]+$/, ""));
  });
}

/** Characters that a file system drops, that a terminal obeys, or that leave what they name unseen. */
const UNSAFE_CHARACTER = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\\]/u;

/** Whether a path has a character that hides what it names. Pure. */
export const hidesName = (path: string): boolean => UNSAFE_CHARACTER.test(withoutJoiners(path));

/** Scripts that are written without spaces, where an unseen one shows where a line may end. */
const SPACELESS =
  "\\p{sc=Khmer}\\p{sc=Thai}\\p{sc=Lao}\\p{sc=Myanmar}\\p{sc=Javanese}\\p{sc=Balinese}\\p{sc=Tibetan}";

/** Scripts whose letters an unseen character joins or parts. */
const JOINING =
  "\\p{sc=Arabic}\\p{sc=Syriac}\\p{sc=Mongolian}\\p{sc=Devanagari}\\p{sc=Bengali}\\p{sc=Gurmukhi}\\p{sc=Gujarati}\\p{sc=Oriya}\\p{sc=Tamil}\\p{sc=Telugu}\\p{sc=Kannada}\\p{sc=Malayalam}\\p{sc=Sinhala}\\p{sc=Khmer}";

const JOINERS = new RegExp(
  [
    // Emoji of several, such as a woman and a laptop. Source: Unicode Technical Standard 51, emoji ZWJ sequences.
    "(?<=\\p{Extended_Pictographic}[\\ufe0f\\u{1f3fb}-\\u{1f3ff}]?)\\u200d(?=\\p{Extended_Pictographic})",
    `(?<=[${JOINING}])[\\u200c\\u200d](?=[${JOINING}]|$)`,
    `(?<=[${SPACELESS}])\\u200b|\\u200b(?=[${SPACELESS}])`,
  ].join("|"),
  "gu",
);

/** A text without the unseen characters that emoji and scripts cannot do without. */
export const withoutJoiners = (text: string): string => text.replace(JOINERS, "");
