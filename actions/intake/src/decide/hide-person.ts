/** Names that are also words of English, and what people write in place of a name: hidden only as they were written. */
const WORDS = new Set(
  "anonymous art bill black brown case chase customer dean drew earl faith frank grace grant gray green guest guy hope info joy june king little long mark max may page pat rich rob rose sky small sue test user white will young".split(
    " ",
  ),
);
/** No name is longer, and no pattern may be. */
const LONGEST = 120;
/** Before the `@`, these name an office and no person. */
const OFFICE = /^(?:admin|contact|hello|help|info|mail|office|sales|support|team|test)$/i;

/** Whether a row of a feedback's table says who wrote it. */
export const isPersonal = (name: string): boolean => /^(?:name|contact_?email|e-?mail|user.*)$/i.test(name);

/** Hides names and mail addresses in a text: whole, and each of their words. */
export function hidePerson(person: readonly string[]): (text: string) => string {
  const patterns = person.flatMap(toPatterns);
  return (text) => patterns.reduce((hidden, pattern) => hidden.replace(pattern, "[person]"), text);
}

function toPatterns(given: string): RegExp[] {
  const whole = given.trim().slice(0, LONGEST);
  if (whole.length < 2) return [];
  const isMail = whole.includes("@");
  const words = (isMail ? (whole.split("@")[0] ?? "") : whole).split(/[\s._+-]+/);
  const parts = words.filter((word) => word.length > 2 && !(isMail && OFFICE.test(word)));
  const local = isMail
    ? [whole.split("@")[0] ?? ""].filter((name) => name.length > 2 && !OFFICE.test(name))
    : [];
  return [toPattern(whole, "giu"), ...[...local, ...parts].map((word) => toPattern(word, flagsFor(word)))];
}

const flagsFor = (word: string): string => (WORDS.has(word.toLowerCase()) ? "gu" : "giu");

/** A separate word; scripts without blanks between words have none. */
function toPattern(word: string, flags: string): RegExp {
  const escaped = word.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
  const isLatin = /\p{Script=Latin}/u.test(word);
  return new RegExp(isLatin ? `(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])` : escaped, flags);
}
