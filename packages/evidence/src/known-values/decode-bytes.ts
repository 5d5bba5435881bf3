import type { DecodedText } from "./decode-text.ts";

/** Base64 in either alphabet, also over lines: broken by line ends, written or escaped, with what mails and YAML indent. */
const BASE64 =
  /[A-Za-z0-9+/_-]{8,}(?:(?:={0,2}(?:\r?\n|\\r\\n|\\n|"\s?\+\s?\r?\n?\s*")[ \t>"]{0,40})[A-Za-z0-9+/_-]{4,})*/g;
const BREAKS = /(?:={0,2}(?:\r?\n|\\r\\n|\\n|"\s?\+\s?\r?\n?\s*")[ \t>"]{0,40})/g;
/** Bytes in hexadecimal: together, or apart by colons, blanks, commas, `0x` and `\x`. */
const HEX = /(?:(?:0x|\\x|%)?[0-9a-f]{2}(?:[:,;\s-]{1,3})?){6,}/gi;
/** Bytes as numbers: `[104, 101, …]`, `104 101 …`. */
const NUMBERS = /\d{1,3}(?:[\s,;]{1,3}\d{1,3}){5,}/g;
const UNIT = { hex: /[0-9a-f]{2}/gi, numbers: /\d{1,3}/g } as const;

/** The bytes that runs of a text stand for, as Latin-1 texts. */
export function decodeBytes(view: DecodedText): DecodedText[] {
  return [...decodeBase64(view), ...decodeUnits(view, HEX, "hex"), ...decodeUnits(view, NUMBERS, "numbers")];
}

function decodeUnits(view: DecodedText, runs: RegExp, kind: "hex" | "numbers"): DecodedText[] {
  const views: DecodedText[] = [];
  for (const run of view.text.matchAll(runs)) {
    const units = [...run[0].replace(/0x/gi, "  ").matchAll(UNIT[kind])];
    const codes = units.map(([digits]) => Number.parseInt(digits, kind === "hex" ? 16 : 10) & 255);
    const starts = Int32Array.from(units, ({ index }) => view.starts[run.index + index] ?? 0);
    const ends = Int32Array.from(
      units,
      ({ index, 0: digits }) => view.ends[run.index + index + digits.length - 1] ?? 0,
    );
    views.push({ text: Buffer.from(codes).toString("latin1"), starts, ends });
  }
  return views;
}

/** Each run is read from its first four characters on, as what stands before it may be of its alphabet. */
function decodeBase64(view: DecodedText): DecodedText[] {
  const views: DecodedText[] = [];
  for (const run of view.text.matchAll(BASE64)) {
    const letters = withoutBreaks(run[0]);
    for (let skip = 0; skip < 4 && letters.text.length - skip >= 8; skip += 1) {
      const text = Buffer.from(letters.text.slice(skip), "base64").toString("latin1");
      const starts = new Int32Array(text.length);
      const ends = new Int32Array(text.length);
      for (let byte = 0; byte < text.length; byte += 1) {
        const bit = byte * 8;
        starts[byte] = view.starts[run.index + letters.at(skip + Math.floor(bit / 6))] ?? 0;
        ends[byte] = view.ends[run.index + letters.at(skip + Math.floor((bit + 7) / 6))] ?? 0;
      }
      views.push({ text, starts, ends });
    }
  }
  return views;
}

/** The letters of a run without line breaks, and where each was. */
function withoutBreaks(run: string): { text: string; at: (letter: number) => number } {
  if (!/[\n\\"]/.test(run)) return { text: run, at: (letter) => letter };
  const places: number[] = [];
  let from = 0;
  const take = (to: number): void => {
    for (let at = from; at < to; at += 1) places.push(at);
  };
  for (const gap of run.matchAll(BREAKS)) {
    take(gap.index);
    from = gap.index + gap[0].length;
  }
  take(run.length);
  return { text: places.map((at) => run[at]).join(""), at: (letter) => places[letter] ?? run.length - 1 };
}
