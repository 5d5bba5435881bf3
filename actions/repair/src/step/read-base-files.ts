import { type BaseFiles, openBaseFiles } from "@patchpilot/project";
import type { Vault } from "../patch/vault.ts";

/** The base commit's files. */
export const readBaseFiles = (vault: Vault): BaseFiles =>
  openBaseFiles(new Map(vault.files.map(({ path, oid }) => [path, oid])), (oid) =>
    vault.git(["cat-file", "blob", oid]),
  );
