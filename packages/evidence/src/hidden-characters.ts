/** What was taken out of a text, by kind. Every number counts occurrences, not characters of markup. */
export type Removed = {
  /** Characters that no one sees: zero-width, TAG, variation selectors, fillers, stacked marks, controls. */
  readonly hidden: number;
  /** Characters that reorder what is seen (Trojan Source): overrides, embeddings, isolates, marks. */
  readonly direction: number;
  /** Terminal escape sequences, also those that make links (OSC 8). */
  readonly terminal: number;
  /** Comments, tags and their attributes, processing instructions. */
  readonly markup: number;
  /** Lone surrogates and noncharacters, now U+FFFD. */
  readonly malformed: number;
};

export const NOTHING_REMOVED: Removed = { hidden: 0, direction: 0, terminal: 0, markup: 0, malformed: 0 };

/** Adds two counts up. */
export function addRemoved(one: Removed, other: Removed): Removed {
  return {
    hidden: one.hidden + other.hidden,
    direction: one.direction + other.direction,
    terminal: one.terminal + other.terminal,
    markup: one.markup + other.markup,
    malformed: one.malformed + other.malformed,
  };
}

/** How many items were removed in all. */
export function countRemoved(removed: Removed): number {
  return removed.hidden + removed.direction + removed.terminal + removed.markup + removed.malformed;
}

const LONE_SURROGATE = /\p{Surrogate}/gu;
const NONCHARACTER = /\p{Noncharacter_Code_Point}/gu;

/** Makes a text well-formed: lone surrogates and noncharacters become U+FFFD. */
export function repairEncoding(text: string): { text: string; malformed: number } {
  let malformed = 0;
  const replace = (): string => {
    malformed += 1;
    return "\uFFFD";
  };
  return { text: text.replace(LONE_SURROGATE, replace).replace(NONCHARACTER, replace), malformed };
}

/** Marks of direction: ALM, LRM, RLM, embeddings, overrides and isolates. */
const DIRECTION = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/u;

/**
 * First what may stay: an emoji with its variation selectors, skin tones and joiners, and a keycap. Then what
 * goes: everything that Unicode says may be ignored in display, format characters but those Arabic and Kaithi
 * number signs that are drawn, and private use (drawn as nothing or a box).
 */
const EMOJI_OR_HIDDEN =
  /\p{Extended_Pictographic}[\uFE0F\p{Emoji_Modifier}]?(?:\u200D\p{Extended_Pictographic}[\uFE0F\p{Emoji_Modifier}]?)*|[0-9#*]\uFE0F?\u20E3|[[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Co}]--[\u0600-\u0605\u06DD\u070F\u0890\u0891\u08E2\u{110BD}\u{110CD}]]/gv;

const MAY_HOLD_HIDDEN = /[^\t\n\r\x20-\x7E]/;

/** Takes out what is not seen and what reorders what is seen. A joiner stays only inside an emoji. */
export function stripHidden(text: string): { text: string; hidden: number; direction: number } {
  if (!MAY_HOLD_HIDDEN.test(text)) return { text, hidden: 0, direction: 0 };
  let hidden = 0;
  let direction = 0;
  const stripped = text.replace(EMOJI_OR_HIDDEN, (found) => {
    if (/^[\p{Extended_Pictographic}0-9#*]/u.test(found)) return found;
    if (DIRECTION.test(found)) direction += 1;
    else hidden += 1;
    return "";
  });
  return { text: stripped, hidden, direction };
}

/** Line ends of every kind become \n, blanks of every kind a space: data can be hidden in their differences. */
export function plainBlanks(text: string): string {
  return text.replace(/\r\n?|[\v\f\x85\u2028\u2029]/g, "\n").replace(/[\p{Zs}\u2800]/gu, " ");
}

/** Takes out control characters but tab and line feed. */
export function stripControls(text: string): { text: string; hidden: number } {
  let hidden = 0;
  const stripped = text.replace(/[\p{Cc}--[\t\n]]/gv, () => {
    hidden += 1;
    return "";
  });
  return { text: stripped, hidden };
}

/** Takes out marks stacked five high and more, and padding that pushes text out of sight. */
export function stripPadding(text: string): { text: string; hidden: number } {
  let hidden = 0;
  const replaceBy = (shown: string) => (): string => {
    hidden += 1;
    return shown;
  };
  const stripped = text
    .replace(/(?<=\p{M}{4})\p{M}+/gu, replaceBy(""))
    .replace(/[ \t]{81,}/g, replaceBy(" "))
    .replace(/[ \t]{1,80}\n/g, "\n")
    .replace(/\n{4,}/g, replaceBy("\n\n\n"));
  return { text: stripped, hidden };
}
