import { unzipSync } from "fflate";

/** What a file of an archive may come to. */
export type UnzipLimits = {
  /** Most bytes of one file, packed: bounds the work of unpacking, whatever the archive says. */
  readonly packed: number;
  /** Most bytes of one file, unpacked. */
  readonly unpacked: number;
};

/**
 * Takes files out of a zip by their exact names; all others are passed over unread. A name counts once, as the first
 * entry has it: an archive may list one file thousands of times.
 * @throws Error with a sentence where the bytes are no zip, or a wanted file is larger than the limits
 */
export function unzipFiles(
  zip: Uint8Array,
  names: readonly string[],
  limits: UnzipLimits,
): ReadonlyMap<string, Uint8Array> {
  const tooLarge: string[] = [];
  const wanted = new Set(names);
  const files = unpack(zip, ({ name, size, originalSize }) => {
    if (!wanted.delete(name)) return false;
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

/** A run's artifact holds a handful; what an archive says of its number of files is believed up to here. */
const MOST_ENTRIES = 10_000;

function unpack(zip: Uint8Array, filter: (entry: Entry) => boolean): Record<string, Uint8Array> {
  let entries = 0;
  const counted = (entry: Entry): boolean => {
    entries += 1;
    if (entries > MOST_ENTRIES) throw new Error(`it lists more than ${MOST_ENTRIES} files`);
    return filter(entry);
  };
  try {
    return unzipSync(zip, { filter: counted });
  } catch {
    throw new Error("it cannot be read as a zip");
  }
}
