/** Second letters that often follow a first one in English and in the names of programs: 29 % of all pairs, 90 % of those in words. */
const FREQUENT =
  "a:bcdgilmnprstuy b:aeilou c:aehiklortu d:aeiosu e:acdefglmnpqrstvxy f:aefioru g:eiu h:aeiot i:acdefglmnoprstv j:es k:e l:adeilostuy m:abeiop n:acdefgiostu o:bcdlmnoprstuvw p:aeiloprt q:u r:acdegikmnorstuy s:acehiopstuy t:acehioprstuy u:ceilmnprst v:aei w:ahio x:pt y:p";

let pairs: Uint8Array | undefined;

function frequentPairs(): Uint8Array {
  if (pairs !== undefined) return pairs;
  pairs = new Uint8Array(1024);
  for (const row of FREQUENT.split(" "))
    for (const second of row.slice(2)) pairs[(row.charCodeAt(0) & 31) * 32 + (second.charCodeAt(0) & 31)] = 1;
  return pairs;
}

type Shape = {
  digits: number;
  upper: number;
  lower: number;
  turns: number;
  together: number;
  frequent: number;
};

/** Counts what tells drawn characters from written words: digits, changes of class, and pairs that words have. */
function measure(text: string): Shape {
  const known = frequentPairs();
  const shape = { digits: 0, upper: 0, lower: 0, turns: 0, together: 0, frequent: 0 };
  let last = 0;
  let before = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const kind = code < 58 ? 1 : code < 91 ? 2 : 3;
    if (kind === 1) shape.digits += 1;
    else if (kind === 2) shape.upper += 1;
    else shape.lower += 1;
    if (at > 0 && kind !== last) shape.turns += 1;
    if (at > 0 && kind !== 1 && last !== 1) {
      shape.together += 1;
      shape.frequent += known[(before & 31) * 32 + (code & 31)] ?? 0;
    }
    last = kind;
    before = code;
  }
  return shape;
}

/** Whether letters and digits were drawn by chance rather than written: no word, no name of a program, no number. */
export function isDrawn(text: string): boolean {
  const { digits, upper, lower, turns, together, frequent } = measure(text);
  const { length } = text;
  const wordlike = together < 4 ? 0.5 : frequent / together;
  if (upper + lower < 4 || wordlike > 0.62) return false;
  if (digits === 0) return length >= 24 && turns > length * 0.3 && wordlike < 0.5;
  if (upper > 0 && lower > 0) return turns >= length * (length < 24 ? 0.36 : 0.3) && wordlike < 0.58;
  return turns >= Math.max(5, length * 0.22);
}

const HEX = /^(?:0x)?(?:[0-9a-f]+|[0-9A-F]+)$/;

/** Whether a value of one word looks like a secret: a part of it was drawn, and it is no digest. */
export function looksRandom(value: string): boolean {
  return value
    .split(/[^A-Za-z0-9_-]/)
    .map((part) => part.replace(/[-_]/g, ""))
    .some((part) => part.length >= 12 && !HEX.test(part) && isDrawn(part));
}
