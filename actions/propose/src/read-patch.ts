import { redactValues } from "@patchpilot/evidence";
import type { TreeChange } from "@patchpilot/github";
import {
  judgeBase,
  judgeBytes,
  judgeModes,
  judgePaths,
  judgePlaces,
  judgeText,
  makeFinding,
  type PatchChange,
  PatchFault,
  type PatchRules,
  type PolicyFinding,
  readLimits,
} from "@patchpilot/patch-policy";
import type { ProposeInputs } from "./contract.ts";
import type { ProposePorts } from "./ports.ts";
import { type GivenCommands, readBaseCommands } from "./read-base-commands.ts";
import { openPatch, type PatchIndex, readPatchId } from "./read-patch-index.ts";

/** Patches of earlier attempts at this incident, each with the attempt that made it. */
export type EarlierPatches = {
  readonly sha256s: ReadonlyMap<string, number>;
  /** By git's stable patch id, which blanks and line numbers do not change. */
  readonly patchIds: ReadonlyMap<string, number>;
};

/** A patch that may be published: what it changes, with the new contents still in memory. */
export type PreparedPatch = {
  readonly baseTree: string;
  readonly changes: readonly PatchChange[];
  /** Contents after the patch by blob id, for those that the base does not have at the same path. */
  readonly contents: ReadonlyMap<string, Buffer>;
  /** What a reviewer should know. */
  readonly flagged: readonly PolicyFinding[];
  /** What makes two patches the same, whatever their blanks and line numbers. */
  readonly patchId: string | undefined;
};

/** A patch as it was read, and the commit that it is applied to. */
export type GivenPatch = {
  readonly bytes: Buffer;
  readonly sha256: string;
  /** What the SHA-256 must be. */
  readonly expected: string;
  readonly baseSha: string;
};

/** Either the prepared patch or every reason why it is refused. */
export type Preparation =
  | { readonly prepared: PreparedPatch; readonly refused?: undefined }
  | { readonly prepared?: undefined; readonly refused: readonly PolicyFinding[] };

/** Checks a patch from its bytes to what it makes of each file. Nothing of it becomes a file, nothing is written. */
export async function preparePatch(
  { bytes, sha256, expected, baseSha }: GivenPatch,
  earlier: EarlierPatches,
  inputs: ProposeInputs,
  ports: ProposePorts,
): Promise<Preparation> {
  const rules = readLimits(inputs);
  const holdsSecret = bytes.length <= rules.maxBytes && holds(bytes, ports.secrets);
  const faults = judgeBytes({ bytes: bytes.length, sha256, holdsSecret }, { sha256: expected }, rules);
  if (faults.length > 0) return { refused: faults };
  if (earlier.sha256s.has(sha256)) return { refused: [findRepetition(earlier.sha256s.get(sha256))] };
  try {
    return await openPatch(bytes, ports.callGit, (index) =>
      prepareIndex(index, baseSha, rules, earlier, inputs, ports),
    );
  } catch (error) {
    if (error instanceof PatchFault) return { refused: [makeFinding(error.rule, error.message)] };
    throw error;
  }
}

/** Whether bytes hold the value of a secret, however it is written. */
const holds = (bytes: Buffer, secrets: readonly string[]): boolean =>
  secrets.length > 0 && redactValues(bytes.toString("utf8"), secrets).hidden > 0;

const findRepetition = (attempt: number | undefined): PolicyFinding =>
  makeFinding("repeated", `Attempt ${attempt ?? "before"} made the same patch already; it did not help.`);

async function prepareIndex(
  index: PatchIndex,
  baseSha: string,
  rules: PatchRules,
  earlier: EarlierPatches,
  given: GivenCommands,
  ports: ProposePorts,
): Promise<Preparation> {
  const pathFaults = judgePaths(index.paths, rules);
  if (pathFaults.length > 0) return { refused: pathFaults };
  const baseTree = await ports.readCommitTree(baseSha);
  const base = await ports.lookUpPaths(baseTree, index.paths);
  const baseFaults = index.paths.flatMap((path) => judgeBase(path, base, index.paths));
  if (baseFaults.length > 0) return { refused: baseFaults };
  const files = new Map(
    await Promise.all(
      index.paths.flatMap((path) => {
        const entry = base.get(path);
        // A folder that becomes a file has its files among the paths.
        if (entry === undefined || entry.type === "tree") return [];
        return [ports.readBlob(entry.oid).then((content) => [path, { ...entry, content }] as const)];
      }),
    ),
  );
  const changes = await index.apply(files);
  const modeFaults = [...judgeModes(changes), ...judgePlaces(changes)];
  if (modeFaults.length > 0) return { refused: modeFaults };
  const contents = await readContents(index, changes);
  const before = new Map([...files.values()].map(({ oid, content }) => [oid, content]));
  const diff = await index.diff();
  const commands = await readBaseCommands(index.paths, baseTree, given, ports);
  const judged = judgeText(changes, diff, (oid) => contents.get(oid) ?? before.get(oid), rules, commands);
  const patchId = await readPatchId(diff, ports.callGit);
  const twin = patchId === undefined ? undefined : earlier.patchIds.get(patchId);
  const leaks = [...contents.values()].some((content) => holds(content, ports.secrets));
  const refused = [
    ...(twin === undefined ? [] : [findRepetition(twin)]),
    ...(leaks ? [makeFinding("secret", "A file would hold the value of a secret of this job.")] : []),
    ...judged.refused,
  ];
  if (refused.length > 0) return { refused };
  return { prepared: { baseTree, changes, contents, flagged: judged.flagged, patchId } };
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
