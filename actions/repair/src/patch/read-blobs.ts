import type { Vault } from "./vault.ts";

/** The texts of files by their objects, all in one call of git; what is no file's object is left out. */
export const readBlobs = async (vault: Vault, objects: ReadonlySet<string>): Promise<Map<string, string>> =>
  new Map([...(await readContents(vault, objects))].map(([oid, bytes]) => [oid, bytes.toString("utf8")]));

/** The same as bytes. */
export async function readContents(vault: Vault, objects: ReadonlySet<string>): Promise<Map<string, Buffer>> {
  const contents = new Map<string, Buffer>();
  if (objects.size === 0) return contents;
  const said = await vault.git(["cat-file", "--batch"], [...objects, ""].join("\n"));
  let at = 0;
  for (const oid of objects) {
    // A line such as `<oid> blob <bytes>`, the bytes, and the end of a line.
    const begin = said.indexOf("\n", at) + 1;
    const [, , bytes] = said.toString("latin1", at, begin).split(" ");
    // `<oid> missing`: a submodule's commit, which the patch takes away.
    if (bytes === undefined) {
      at = begin;
      continue;
    }
    const end = begin + Number(bytes);
    contents.set(oid, said.subarray(begin, end));
    at = end + 1;
  }
  return contents;
}

/** The bytes of one object. */
export const readBytes = (vault: Vault, oid: string): Promise<Buffer> => vault.git(["cat-file", "blob", oid]);
