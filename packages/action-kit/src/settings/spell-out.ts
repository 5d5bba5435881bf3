/** Phrases as a sentence has them: a, b or c. */
export function spellOut(phrases: readonly string[], link: "and" | "or"): string {
  const last = phrases.at(-1) ?? "";
  return phrases.length < 2 ? last : `${phrases.slice(0, -1).join(", ")} ${link} ${last}`;
}

/** Names in code marks: `a`, `b` or `c`. */
export const spellNames = (names: readonly string[], link: "and" | "or"): string =>
  spellOut(
    names.map((name) => `\`${name}\``),
    link,
  );
