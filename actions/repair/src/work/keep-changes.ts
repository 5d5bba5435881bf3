import { addChanges, replayChanges } from "../patch/agent-changes.ts";
import { describeLeftOut, findNewlyLeftOut } from "../patch/left-out.ts";
import type { Heads } from "../patch/read-branches.ts";
import { restoreSnapshot, SCARCE_SIZE, type Snapshot, takeSnapshot } from "../patch/snapshot.ts";
import { takeIgnoredSources } from "../patch/take-ignored.ts";
import { toUtf8, type Vault } from "../patch/vault.ts";
import { DiskFull } from "../process/disk-full.ts";
import type { Journal } from "../step/journal.ts";
import { type AgentGit, findSideWork } from "./find-side-work.ts";

/** What the agent's changes are kept with. */
export type ChangeKeeper = {
  readonly vault: Vault;
  readonly git: AgentGit;
  readonly journal: Journal;
  readonly makeRoom: () => Promise<void>;
};

/** The checkout before a call of the agent. */
export type BeforeCall = { readonly snapshot: Snapshot; readonly heads: Heads };

/**
 * Takes the agent's changes over; where its rubbish filled the disk, that goes first, and nothing follows it.
 * @returns what is noted: a sentence about each kind of thing that is left out, or is taken though nobody would expect it
 */
export async function keepChanges(keeper: ChangeKeeper, before: BeforeCall): Promise<readonly string[]> {
  try {
    return await takeChanges(keeper, before);
  } catch (error) {
    if (!(error instanceof DiskFull)) throw error;
    await keeper.makeRoom();
    await takeChanges(keeper, before, SCARCE_SIZE);
    throw error;
  }
}

async function takeChanges(
  { vault, git, journal }: ChangeKeeper,
  { snapshot: before, heads }: BeforeCall,
  mostSize?: number,
): Promise<readonly string[]> {
  const { snapshot, taken } = await takeIgnoredSources(vault, before, await takeSnapshot(vault, mostSize));
  const newly = findNewlyLeftOut(before.leftOut, snapshot.leftOut);
  const side = await findSideWork(vault, git, heads, newly, snapshot.tree === before.tree);
  await addChanges(vault, before.tree, snapshot.tree);
  if (side.tree !== undefined) {
    await addChanges(vault, vault.base, side.tree);
    await restoreSnapshot(vault, await replayChanges(vault, snapshot.tree, vault.base, side.tree));
  }
  const left = new Map([...newly].filter(([path]) => !side.removed.includes(path)));
  const sentences = [...describeTaken(taken), ...side.sentences, ...describeLeftOut(left)];
  for (const sentence of sentences) journal.note(sentence);
  return sentences;
}

const describeTaken = (taken: readonly string[]): string[] =>
  taken.length === 0
    ? []
    : [
        `Taken into the patch, though the base commit ignores the folder, because the change refers to it: ${taken.map(toUtf8).join(", ")}.`,
      ];
