import type { PolicyFinding } from "@patchpilot/patch-policy";
import type { AgentReport } from "../agents/agent.ts";
import { resetChanges, writeChangesTree } from "../patch/agent-changes.ts";
import type { Vault } from "../patch/vault.ts";
import type { Journal, RepairEnding } from "../step/journal.ts";
import { noteFlags, type PatchGate } from "./patch-gate.ts";

/** What is asked about. */
type FlaggedChange = { readonly vault: Vault; readonly journal: Journal; readonly gate: PatchGate };

/**
 * Asks the agent once about what the rules let through and name to the reviewer, to have it mend the change or say
 * why it is right. A green change is never lost by that: what comes of the answer replaces it only if it is green, too.
 * @param green the ending of the change as it is
 * @param judgeAgain the ending of the change after the answer; undefined if it is none to publish
 */
export async function explainFlags(
  { vault, journal, gate }: FlaggedChange,
  green: RepairEnding,
  ask: () => Promise<AgentReport>,
  judgeAgain: () => Promise<RepairEnding | undefined>,
): Promise<RepairEnding> {
  const flagged = await gate.flagged();
  if (flagged.length === 0) return green;
  const before = await writeChangesTree(vault);
  const { summary, failure } = journal.story;
  noteFlags(journal, flagged);
  const { text } = await ask();
  journal.setSummary(summary);
  journal.setExplanation(listRules(flagged), text);
  journal.clearFailure(failure);
  if ((await writeChangesTree(vault)) === before) return green;
  const again = await judgeAgain();
  if (again !== undefined) return again;
  await resetChanges(vault, before);
  journal.clearFailure(failure);
  journal.note("What the agent changed about the rules made the change worse, so it was taken back.");
  return green;
}

const listRules = (flagged: readonly PolicyFinding[]): string[] => [
  ...new Set(flagged.map(({ rule }) => rule)),
];
