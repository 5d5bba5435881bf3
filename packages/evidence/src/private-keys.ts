import type { Hide } from "./hide.ts";

const BEGINS = /-{3,5} ?BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?|PuTTY-User-Key-File-\d/g;
const ENDS = /-{3,5} ?END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)? ?-{3,5}|Private-MAC: ?\w*/g;

/** Hides private keys in PEM, OpenPGP, SSH2 and PuTTY form; one without an end takes the rest of the text with it. */
export function hidePrivateKeys(text: string, hide: Hide): string {
  const pieces: string[] = [];
  let at = 0;
  BEGINS.lastIndex = 0;
  for (let begin = BEGINS.exec(text); begin !== null; begin = BEGINS.exec(text)) {
    ENDS.lastIndex = BEGINS.lastIndex;
    const end = ENDS.exec(text);
    pieces.push(text.slice(at, begin.index), hide("private-key"));
    at = end === null ? text.length : ENDS.lastIndex;
    BEGINS.lastIndex = at;
  }
  pieces.push(text.slice(at));
  return pieces.join("");
}
