import type { BaseFiles } from "@patchpilot/project";
import type { Vault } from "../patch/vault.ts";

/** Git's name of a file that holds nothing. */
const EMPTY = "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391";

/** The base commit's files, each read once. */
export function readBaseFiles(vault: Vault): BaseFiles {
  const oids = new Map(vault.files.map(({ path, oid }) => [path, oid]));
  const texts = new Map<string, Promise<string>>();
  return {
    paths: [...oids.keys()],
    isEmpty: (path) => oids.get(path) === EMPTY,
    read: (path) => {
      const oid = oids.get(path);
      if (oid === undefined) return Promise.resolve(undefined);
      const text =
        texts.get(oid) ?? vault.git(["cat-file", "blob", oid]).then((bytes) => bytes.toString("utf8"));
      texts.set(oid, text);
      return text;
    },
  };
}
