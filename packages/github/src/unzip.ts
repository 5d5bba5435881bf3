import { unzipSync } from "fflate";

/** What a file of an archive may come to. */
export type UnzipLimits = {
  /** Most bytes of one file, packed: bounds the work of unpacking, whatever the archive says. */
  readonly packed: number;
  /** Most bytes of one file, unpacked. */
  readonly unpacked: number;
};

/**
 * Takes files out of a zip by their exact names; all others are passed over unread.
 * @throws Error with a sentence where the bytes are no zip, or a wanted file is larger than the limits
 */
export function unzipFiles(
  zip: Uint8Array,
  names: readonly string[],
  limits: UnzipLimits,
): ReadonlyMap<string, Uint8Array> {
  const tooLarge: string[] = [];
  const files = unpack(zip, ({ name, size, originalSize }) => {
    if (!names.includes(name)) return false;
    const fits = size <= limits.packed && originalSize <= limits.unpacked;
    if (!fits) tooLarge.push(name);
    return fits;
  });
  const [first] = tooLarge;
  if (first !== undefined) throw new Error(`${first} is too large to be read`);
  return new Map(Object.entries(files));
}

/** What an archive says of one of its files. */
type Entry = { readonly name: string; readonly size: number; readonly originalSize: number };

function unpack(zip: Uint8Array, filter: (entry: Entry) => boolean): Record<string, Uint8Array> {
  try {
    return unzipSync(zip, { filter });
  } catch {
    throw new Error("it is no zip that can be read");
  }
}
