import { type SecretPart, secretParts, WINDOW } from "./secret-parts.ts";

/** What a window belongs to: what stands before it in the part, if that is public and hidden with it. */
type Window = { readonly before: string };

/** All windows of the secrets of a job, by their text. Each is as long as a window, or as its part is. */
export type WindowIndex = {
  readonly lengths: readonly number[];
  readonly windows: ReadonlyMap<string, Window>;
  /** Whether a window may begin with two characters: one byte for each pair. */
  readonly begins: Uint8Array;
};

/** Where two characters are noted. */
const pairAt = (one: number, two: number): number => ((one * 251) ^ (two * 8191)) & 0xffff;

/** Windows of secrets as they are and as their UTF-8 bytes, forwards and backwards. */
export function indexWindows(secrets: readonly string[]): WindowIndex {
  const windows = new Map<string, Window>();
  const begins = new Uint8Array(65_536);
  const add = (window: string, before: string): void => {
    if (!windows.has(window)) windows.set(window, { before });
    begins[pairAt(window.charCodeAt(0), window.charCodeAt(1))] = 1;
  };
  for (const part of secrets.flatMap(secretParts)) for (const spelt of spellings(part)) addPart(spelt, add);
  const lengths = [...new Set([...windows.keys()].map(({ length }) => length))].sort((a, b) => b - a);
  return { lengths, windows, begins };
}

/** A form without blanks, one of bytes where a letter takes several, and each reversed. */
function spellings(part: SecretPart): SecretPart[] {
  const bytes = Buffer.from(part.value).toString("latin1");
  const forms = [...new Set([part.value, bytes, part.value.replaceAll(" ", "+")])].map((value) => ({
    ...part,
    value,
  }));
  return forms.flatMap((form) => [form, { ...form, value: reverse(form.value), prefix: -form.prefix }]);
}

const reverse = (text: string): string => text.split("").reverse().join("");

/** A negative prefix stands at the end of what is reversed. */
function addPart({ value, prefix, whole }: SecretPart, add: (window: string, before: string) => void): void {
  const from = Math.max(prefix, 0);
  const to = value.length + Math.min(prefix, 0);
  const length = whole ? value.length : Math.min(WINDOW, to - from);
  if (whole || to - from < WINDOW) {
    add(whole ? value : value.slice(from, to), whole ? "" : value.slice(0, from));
    return;
  }
  const begins = Array.from({ length: to - from - length + 1 }, (_, index) => from + index);
  const telling = begins.filter((at) => isTelling(value.slice(at, at + length)));
  for (const at of telling) add(value.slice(at, at + length), at === from ? value.slice(0, from) : "");
  if (telling.length === 0) add(value, "");
}

/** Twelve zeros stand in every patch of a new file. Of what is drawn, hardly any window has so few signs. */
const isTelling = (window: string): boolean => new Set(window).size >= LEAST_SIGNS;
const LEAST_SIGNS = 5;

/** Where windows of secrets are in a text, joined where they touch. */
export function findWindows(
  text: string,
  { lengths, windows, begins }: WindowIndex,
): [start: number, end: number][] {
  const found: [number, number][] = [];
  for (let at = 0; at + 1 < text.length; at += 1) {
    if (begins[pairAt(text.charCodeAt(at), text.charCodeAt(at + 1))] === 0) continue;
    for (const length of lengths) {
      const window = windows.get(text.slice(at, at + length));
      if (window === undefined || at + length > text.length) continue;
      const { before } = window;
      const start = before !== "" && text.startsWith(before, at - before.length) ? at - before.length : at;
      const last = found.at(-1);
      if (last !== undefined && start <= last[1]) last[1] = Math.max(last[1], at + length);
      else found.push([start, at + length]);
      break;
    }
  }
  return found;
}
