/** Most UTF-16 units of a report that are read; a longer one leaves the exit code. */
export const MOST_REPORT = 16 * 1024 * 1024;

/** Most tests of one run. */
export const MOST_CASES = 50_000;

/** Most UTF-16 units of what one failure prints. */
export const MOST_TEXT = 8_000;

const MOST_MESSAGE = 1_000;
const MOST_NAME = 500;
const MOST_FRAMES = 60;

/** Keeps the beginning and the end. */
export function cutText(text: string, most = MOST_TEXT): string {
  if (text.length <= most) return text;
  const half = Math.floor(most / 2) - 3;
  return `${text.slice(0, half)}\n[…]\n${text.slice(-half)}`.toWellFormed();
}

export const cutMessage = (text: string): string => cutText(text.trim(), MOST_MESSAGE);

export const cutName = (text: string): string => cutText(text, MOST_NAME);

export const cutFrames = <T>(frames: readonly T[]): T[] => frames.slice(0, MOST_FRAMES);

const COLOURS = /(?![\t\n\r])\p{Cc}\[[0-9;]*[A-Za-z]/gu;

/** A text without the colours of a terminal. */
export const plainText = (text: string): string => text.replace(COLOURS, "");
