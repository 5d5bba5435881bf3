import { STIFF_WORDS, type StiffWord } from "./stiff-words.ts";

/** The words of the list that a sentence has; what is in code spans is a name. Pure. */
export function findStiffWords(words: string): StiffWord[] {
  const spoken = words.replace(/`[^`\n]*`/g, "`…`").replace(/\s+/g, " ");
  return STIFF_WORDS.filter(({ pattern }) => pattern.test(spoken));
}
