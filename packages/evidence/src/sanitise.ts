import {
  plainBlanks,
  type Removed,
  repairEncoding,
  stripControls,
  stripHidden,
  stripPadding,
} from "./hidden-characters.ts";
import { flattenMarkup } from "./markup.ts";
import { stripTerminalCodes } from "./terminal-codes.ts";

export type Sanitised = { readonly text: string; readonly removed: Removed };

/**
 * Turns hostile text into text that shows everything it says: well-formed, without hidden characters, terminal
 * codes, controls and markup. Linear in the length of the text; applying it again changes nothing.
 * The order matters: a hidden character may split an escape sequence, and both may split a tag.
 */
export function sanitise(raw: string): Sanitised {
  const repaired = repairEncoding(raw);
  const visible = stripHidden(repaired.text);
  const printed = stripTerminalCodes(visible.text);
  const calm = stripControls(plainBlanks(printed.text));
  const flat = flattenMarkup(calm.text);
  const tidy = stripPadding(flat.text);
  return {
    text: tidy.text,
    removed: {
      hidden: visible.hidden + calm.hidden + tidy.hidden,
      direction: visible.direction,
      terminal: printed.terminal,
      markup: flat.markup,
      malformed: repaired.malformed,
    },
  };
}

const NAMES: readonly (readonly [keyof Removed, string, string])[] = [
  ["hidden", "hidden character", "hidden characters"],
  ["direction", "direction override", "direction overrides"],
  ["terminal", "terminal code", "terminal codes"],
  ["markup", "piece of markup", "pieces of markup"],
  ["malformed", "malformed character", "malformed characters"],
];

/** Says what was removed: "3 hidden characters, 1 direction override"; an empty text for nothing. */
export function describeRemoved(removed: Removed): string {
  return NAMES.filter(([kind]) => removed[kind] > 0)
    .map(([kind, one, many]) => `${removed[kind]} ${removed[kind] === 1 ? one : many}`)
    .join(", ");
}

/** Puts a text on one line: for titles, log lines and table cells. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
