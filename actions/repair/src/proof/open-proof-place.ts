import type { TestRun } from "@patchpilot/test-report";
import { readBlobs } from "../patch/read-blobs.ts";
import type { Vault } from "../patch/vault.ts";
import { composeFile, testPart } from "./change/compose-file.ts";
import { findTestsBeside } from "./change/find-tests-beside.ts";
import { isInstalled } from "./change/list-hunks.ts";
import type { ReadChange } from "./change/read-change.ts";
import { isTestPath } from "./change/sort-change.ts";
import { splitLines } from "./change/split-file.ts";
import type { FailedOn } from "./judge/match-production.ts";
import type { ProofPlace } from "./prove.ts";
import { showPart } from "./show-tree.ts";

/** What a proof is run with. */
export type ProofTools = {
  readonly vault: Vault;
  /** Tree of the checkout once it was set up with the patch. */
  readonly settled: string;
  readonly change: ReadChange;
  /** Installs again; undefined: the project needs no setup. */
  readonly setUp: (() => Promise<void>) | undefined;
  readonly runTests: ProofPlace["runTests"];
  readonly now: () => number;
};

/** Opens a checkout, set up with the whole patch, for a proof. */
export function openProofPlace({ vault, settled, change, setUp, runTests, now }: ProofTools): ProofPlace {
  const readInstalled: (choose: Parameters<ProofPlace["show"]>[0]) => string = (choose) =>
    JSON.stringify(
      change.files
        .filter(({ path }) => isInstalled(path))
        .map((file) => composeFile(file, (unit) => choose(file, unit)) ?? null),
    );
  let installed = readInstalled(() => true);
  return {
    show: async (choose) => {
      await showPart(vault, settled, change, choose);
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

/** Reads the files that failures name, as they stand in the base with the tests of the patch. */
async function readFailed(vault: Vault, { files }: ReadChange, runs: readonly TestRun[]): Promise<FailedOn> {
  const frames = runs.flatMap(({ cases }) => cases.flatMap(({ failure }) => failure?.frames ?? []));
  const named = new Set(frames.flatMap(({ file }) => file ?? []));
  const based = vault.files.filter(({ path }) => named.has(path));
  const blobs = await readBlobs(vault, new Set(based.map(({ oid }) => oid)));
  const texts = new Map(based.map(({ path, oid }) => [path, blobs.get(oid) ?? ""]));
  for (const file of files) {
    const text = composeFile(file, (unit) => testPart(file, unit));
    if (text === undefined) texts.delete(file.path);
    else texts.set(file.path, text);
  }
  const beside = new Map<string, readonly boolean[]>();
  const isBeside = (path: string, line: number): boolean => {
    const flags = beside.get(path) ?? findTestsBeside(path, splitLines(texts.get(path) ?? ""));
    beside.set(path, flags);
    return flags[line - 1] ?? false;
  };
  return {
    read: (path) => texts.get(path),
    sources: vault.files.map(({ path }) => path).filter((path) => !isTestPath(path)),
    isTest: (path, line) => isTestPath(path) || (line !== undefined && isBeside(path, line)),
  };
}
