import type { TreeChange } from "@patchpilot/github";
import type { Inputs } from "./contract.ts";
import { openPatch, type PatchIndex } from "./patch/apply-patch.ts";
import { type PatchChange, PatchFault } from "./patch/changes.ts";
import { judgeBase, judgeBytes, judgeChanges, judgePaths, type PatchRules } from "./patch/judge-patch.ts";
import type { Ports } from "./ports.ts";

/** A patch that may be published: what it changes, with the new contents still in memory. */
export type Prepared = {
  readonly baseTree: string;
  readonly changes: readonly PatchChange[];
  /** Contents after the patch by blob id, for those that the base does not have at the same path. */
  readonly contents: ReadonlyMap<string, Buffer>;
};

/** Either the prepared patch or every reason why it is refused. */
export type Preparation =
  | { readonly prepared: Prepared; readonly faults?: undefined }
  | { readonly prepared?: undefined; readonly faults: readonly string[] };

const refused = (faults: readonly string[]): Preparation => ({ faults });

/** Checks a patch from its bytes to the modes of what it makes. Nothing of it becomes a file, nothing is written. */
export async function preparePatch(
  patch: Buffer,
  sha256: string,
  inputs: Inputs,
  ports: Ports,
): Promise<Preparation> {
  const rules: PatchRules = {
    maxFiles: inputs["max-files"],
    maxBytes: inputs["max-patch-kb"] * 1_000,
    protectedPaths: inputs["protected-paths"],
  };
  const holdsSecret = ports.secrets.some((secret) => patch.includes(secret));
  const bytes = { bytes: patch.length, sha256, holdsSecret };
  const faults = judgeBytes(bytes, { sha256: inputs["patch-sha256"] }, rules);
  if (faults.length > 0) return refused(faults);
  try {
    return await openPatch(patch, (index) => prepareIndex(index, inputs["base-sha"], rules, ports));
  } catch (error) {
    if (error instanceof PatchFault) return refused([error.message]);
    throw error;
  }
}

async function prepareIndex(
  index: PatchIndex,
  baseSha: string,
  rules: PatchRules,
  ports: Ports,
): Promise<Preparation> {
  const pathFaults = judgePaths(index.paths, rules);
  if (pathFaults.length > 0) return refused(pathFaults);
  const baseTree = await ports.readCommitTree(baseSha);
  const base = await ports.lookUpPaths(baseTree, index.paths);
  const baseFaults = index.paths.flatMap((path) => judgeBase(path, base));
  if (baseFaults.length > 0) return refused([...new Set(baseFaults)]);
  const files = new Map(
    await Promise.all(
      index.paths.flatMap((path) => {
        const entry = base.get(path);
        if (entry === undefined) return [];
        return [ports.readBlob(entry.oid).then((content) => [path, { ...entry, content }] as const)];
      }),
    ),
  );
  const changes = await index.apply(files);
  const changeFaults = judgeChanges(changes);
  if (changeFaults.length > 0) return refused(changeFaults);
  return { prepared: { baseTree, changes, contents: await readContents(index, changes) } };
}

async function readContents(
  index: PatchIndex,
  changes: readonly PatchChange[],
): Promise<ReadonlyMap<string, Buffer>> {
  const contents = new Map<string, Buffer>();
  for (const { before, after } of changes)
    if (after !== undefined && after.oid !== before?.oid)
      contents.set(after.oid, await index.read(after.oid));
  return contents;
}

/** The changes as GitHub takes them. */
export function treeChanges(changes: readonly PatchChange[]): TreeChange[] {
  return changes.map(({ path, after }) => ({
    path,
    mode: after?.mode === "100755" ? "100755" : "100644",
    oid: after?.oid ?? null,
  }));
}
