import { findKnown } from "./known-values/find-known.ts";
import { indexWindows, type WindowIndex } from "./known-values/window-index.ts";

/**
 * Hides the values of secrets that a job holds, and fragments of twelve characters and more, however they are written:
 * raw, reversed, percent-encoded (also twice), with the escapes of programs or HTML, in JSON (also in JSON), as base64 at
 * any alignment and over lines, in hexadecimal, and as lists of bytes. What everybody knows of a secret, the prefix of a
 * token or the host of an address, is no fragment.
 * @param secrets values; those under 6 characters are ignored.
 */
export function redactValues(text: string, secrets: readonly string[]): { text: string; hidden: number } {
  const index = recallIndex(secrets);
  if (index.windows.size === 0) return { text, hidden: 0 };
  const spans = findKnown(text, index);
  const pieces: string[] = [];
  let at = 0;
  for (const [start, end] of spans) {
    pieces.push(text.slice(at, start), "[redacted secret]");
    at = end;
  }
  pieces.push(text.slice(at));
  return { text: pieces.join(""), hidden: spans.length };
}

let known: { readonly secrets: readonly string[]; readonly index: WindowIndex } | undefined;

/** A job's secrets are the same for thousands of texts: worked out again only where one of them differs. */
function recallIndex(secrets: readonly string[]): WindowIndex {
  const isKnown =
    known !== undefined &&
    secrets.length === known.secrets.length &&
    secrets.every((one, at) => one === known?.secrets[at]);
  if (known === undefined || !isKnown) known = { secrets: [...secrets], index: indexWindows(secrets) };
  return known.index;
}
