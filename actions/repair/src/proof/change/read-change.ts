import { RAW_DIFF, type RawChange, readRawDiff } from "@patchpilot/git";
import { readBlobs } from "../../patch/read-blobs.ts";
import type { Vault } from "../../patch/vault.ts";
import type { ChangedFile } from "./change.ts";
import { sortFile } from "./sort-change.ts";

/** A change between two trees: its files as they are cut, and as git has them, by their path. */
export type ReadChange = {
  readonly files: readonly ChangedFile[];
  readonly entries: ReadonlyMap<string, RawChange>;
};

/** Reads what a tree changes of the base. */
export async function readChange(vault: Vault, tree: string): Promise<ReadChange> {
  const output = await vault.git(["diff-tree", "-r", ...RAW_DIFF, vault.base, tree]);
  const entries = new Map(readRawDiff(output).map((change) => [change.path.toString("utf8"), change]));
  const objects = [...entries.values()].flatMap(({ before, after }) =>
    [before?.oid ?? [], after?.oid ?? []].flat(),
  );
  const texts = await readBlobs(vault, new Set(objects));
  const read = (oid: string | undefined) => (oid === undefined ? undefined : asText(texts.get(oid)));
  const files = [...entries].map(([path, { before, after }]) =>
    sortFile({ path, base: read(before?.oid), patched: read(after?.oid) }),
  );
  return { files, entries };
}

/** Bytes that are no UTF-8 cannot be put together again from text. */
const asText = (text: string | undefined): string | null =>
  text === undefined || /[\0\uFFFD]/.test(text) ? null : text;
