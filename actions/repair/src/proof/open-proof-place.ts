import type { TestRun } from "@patchpilot/test-report";
import { readBlobs } from "../patch/read-blobs.ts";
import type { Vault } from "../patch/vault.ts";
import { composeChange, composeFile, testPart } from "./change/compose-file.ts";
import { findTestsBeside } from "./change/find-tests-beside.ts";
import { saysWhatIsInstalled } from "./change/list-hunks.ts";
import { type ReadChange, readChange } from "./change/read-change.ts";
import { isFileOfTests } from "./change/sort-change.ts";
import { splitLines } from "./change/split-file.ts";
import { findNamedFile } from "./judge/find-named-file.ts";
import type { FailedOn } from "./judge/match-production.ts";
import type { ProofPlace } from "./proof-place.ts";
import { showPart } from "./show-tree.ts";

/** What a proof is run with. */
export type ProofTools = {
  readonly vault: Vault;
  /** Tree of the checkout once it was set up with the patch. */
  readonly settled: string;
  /** Tree of the patch. */
  readonly patched: string;
  /** Installs again; undefined: the project needs no setup. */
  readonly setUp: (() => Promise<void>) | undefined;
  readonly runTests: ProofPlace["runTests"];
  readonly now: () => number;
};

/** Opens a checkout, set up with the whole patch, for a proof. */
export async function openProofPlace(tools: ProofTools): Promise<ProofPlace> {
  const { vault, settled, patched, setUp, runTests, now } = tools;
  const change = await readChange(vault, patched);
  const readInstalled: (choose: Parameters<ProofPlace["show"]>[0]) => string = (choose) =>
    JSON.stringify(
      change.files
        .filter(({ path }) => saysWhatIsInstalled(path))
        .map((file) => composeFile(file, (unit) => choose(file, unit)) ?? null),
    );
  let installed = readInstalled(() => true);
  return {
    files: change.files,
    show: async (choose, replaced) => {
      await showPart(vault, settled, change, choose, replaced);
      const wanted = readInstalled(choose);
      if (wanted === installed) return;
      await setUp?.();
      installed = wanted;
    },
    runTests,
    readFailed: (runs) => readFailed(vault, change, runs),
    now,
  };
}

/** Reads the files that failures name, as they are in the base with the tests of the patch. */
async function readFailed(vault: Vault, { files }: ReadChange, runs: readonly TestRun[]): Promise<FailedOn> {
  const frames = runs.flatMap(({ cases }) => cases.flatMap(({ failure }) => failure?.frames ?? []));
  const shown = composeChange(files, testPart);
  const others = vault.files.filter(({ path }) => !shown.has(path));
  const paths = new Set(others.map(({ path }) => path));
  for (const [path, text] of shown) if (text !== undefined) paths.add(path);
  const named = new Set(frames.flatMap(({ file }) => file ?? []));
  const found = new Map([...named].map((file) => [file, findNamedFile(paths, file)]));
  const wanted = new Set(found.values());
  const based = others.filter(({ path }) => wanted.has(path));
  const blobs = await readBlobs(vault, new Set(based.map(({ oid }) => oid)));
  const texts = new Map(based.map(({ path, oid }) => [path, blobs.get(oid) ?? ""]));
  for (const [path, text] of shown) if (text !== undefined) texts.set(path, text);
  const beside = new Map<string, readonly boolean[]>();
  const isBeside = (path: string, line: number): boolean => {
    const flags = beside.get(path) ?? findTestsBeside(path, splitLines(texts.get(path) ?? ""));
    beside.set(path, flags);
    return flags[line - 1] ?? false;
  };
  return {
    find: (file) => found.get(file),
    read: (path) => texts.get(path),
    sources: vault.files.map(({ path }) => path).filter((path) => !isFileOfTests(path)),
    isTest: (path, line) => isFileOfTests(path) || (line !== undefined && isBeside(path, line)),
  };
}
