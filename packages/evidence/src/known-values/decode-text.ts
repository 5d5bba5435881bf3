/** A text as it reads once something in it is decoded, and where each of its characters comes from. */
export type DecodedText = { readonly text: string; readonly starts: Int32Array; readonly ends: Int32Array };

const ESCAPE =
  /\\+(?:u([0-9a-f]{4})|u\{([0-9a-f]{1,6})\}|x([0-9a-f]{2})|([0-3][0-7]{2})|(["'`/\\nrtbf]))|%([0-9a-f]{2})|%u([0-9a-f]{4})|=([0-9A-F]{2})|&(?:#(\d{2,7})|#x([0-9a-f]{2,6})|(amp|lt|gt|quot|apos|sol|equals|plus|colon|commat|num|percnt|lowbar|hyphen|period|bsol|Tab|NewLine|nbsp));?/gi;
const NAMED: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  sol: "/",
  equals: "=",
  plus: "+",
  colon: ":",
  commat: "@",
  num: "#",
  percnt: "%",
  lowbar: "_",
  hyphen: "-",
  period: ".",
  bsol: "\\",
  tab: "\t",
  newline: "\n",
  nbsp: " ",
};
const ONE_LETTER: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f" };

/** A view of the text itself. */
export function undecoded(text: string): DecodedText {
  const starts = new Int32Array(text.length);
  const ends = new Int32Array(text.length);
  for (let at = 0; at < text.length; at += 1) {
    starts[at] = at;
    ends[at] = at + 1;
  }
  return { text, starts, ends };
}

/** One layer of percent codes, escapes of programs, and HTML entities decoded; null where there is none. */
export function decodeEscapes(view: DecodedText): DecodedText | null {
  const { text } = view;
  const pieces: string[] = [];
  const places = { starts: new Int32Array(text.length), ends: new Int32Array(text.length), count: 0 };
  let at = 0;
  const copy = (to: number): void => {
    pieces.push(text.slice(at, to));
    places.starts.set(view.starts.subarray(at, to), places.count);
    places.ends.set(view.ends.subarray(at, to), places.count);
    places.count += to - at;
  };
  for (const found of text.matchAll(ESCAPE)) {
    const letter = decodeOne(found);
    copy(found.index);
    at = found.index + found[0].length;
    pieces.push(letter);
    for (let one = 0; one < letter.length; one += 1) {
      places.starts[places.count] = view.starts[found.index] ?? 0;
      places.ends[places.count] = view.ends[at - 1] ?? 0;
      places.count += 1;
    }
  }
  if (at === 0) return null;
  copy(text.length);
  const { starts, ends, count } = places;
  return { text: pieces.join(""), starts: starts.subarray(0, count), ends: ends.subarray(0, count) };
}

function decodeOne(found: RegExpExecArray): string {
  const [, u4, ux, x2, octal, letter, percent, percentU, quoted, decimal, hex, name] = found;
  if (letter !== undefined) {
    // `\\\"` of JSON in JSON loses one layer: half its backslashes.
    const slashes = found[0].length - 1;
    return "\\".repeat(slashes >> 1) + (slashes % 2 === 1 ? (ONE_LETTER[letter] ?? letter) : letter);
  }
  if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
  if (name !== undefined) return NAMED[name.toLowerCase()] ?? "";
  const digits = u4 ?? ux ?? x2 ?? percent ?? percentU ?? quoted ?? hex;
  const code = decimal === undefined ? Number.parseInt(digits ?? "", 16) : Number(decimal);
  return code > 0x10ffff ? "" : String.fromCodePoint(code);
}
