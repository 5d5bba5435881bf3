import { decodeBytes } from "./decode-bytes.ts";
import { type DecodedText, decodeEscapes, undecoded } from "./decode-text.ts";
import { findWindows, type WindowIndex } from "./window-index.ts";

/** JSON in JSON in JSON, and percent codes coded twice. */
const LAYERS = 3;

/** Where secrets are in a text, in whatever common writing, in order and apart from each other. */
export function findKnown(text: string, index: WindowIndex): [start: number, end: number][] {
  const found: [number, number][] = [];
  const look = (view: DecodedText): void => {
    for (const [start, end] of findWindows(view.text, index))
      found.push([view.starts[start] ?? 0, view.ends[end - 1] ?? 0]);
  };
  let view: DecodedText | null = undecoded(text);
  for (let layer = 0; view !== null && layer <= LAYERS; layer += 1) {
    look(view);
    for (const bytes of decodeBytes(view)) {
      look(bytes);
      lookDeeper(bytes, look);
    }
    view = decodeEscapes(view);
  }
  return join(found);
}

/** What was coded twice: base64 of base64, of hexadecimal, of JSON, of a form. */
function lookDeeper(view: DecodedText, look: (view: DecodedText) => void): void {
  if (!/^[\t\n\r -~]{8}/.test(view.text)) return;
  for (const bytes of decodeBytes(view)) look(bytes);
  const decoded = decodeEscapes(view);
  if (decoded !== null) look(decoded);
}

function join(spans: [number, number][]): [number, number][] {
  const joined: [number, number][] = [];
  for (const [start, end] of spans.sort((a, b) => a[0] - b[0])) {
    const last = joined.at(-1);
    if (last !== undefined && start <= last[1]) last[1] = Math.max(last[1], end);
    else joined.push([start, end]);
  }
  return joined;
}
