import { takeOpened } from "@patchpilot/acceptance";
import type { IntakeInputs } from "./contract.ts";
import { chooseSubjects } from "./decide/choose.ts";
import type { Candidate, IntakeFacts } from "./facts.ts";
import type { IntakePorts } from "./ports.ts";
import { draftIssue } from "./words/drafts.ts";

/**
 * Opens issues for what Sentry lists and GitHub has not, each once over all runs.
 * @param how.room how many at most
 * @param how.plan says what would be opened; undefined in a run that writes
 */
export async function openSubjects(
  { unopened, known }: IntakeFacts,
  inputs: IntakeInputs,
  { incidents, secrets }: IntakePorts,
  how: {
    readonly room: number;
    readonly plan: ((sentence: string) => void) | undefined;
    readonly warn: (sentence: string) => void;
  },
): Promise<{ readonly candidates: readonly Candidate[]; readonly left: number }> {
  const { chosen } = chooseSubjects(unopened, known, inputs, unopened.length);
  const batch = chosen.slice(0, how.room);
  const left = chosen.length - batch.length;
  const drafts = batch.map((subject) => draftIssue(subject, inputs, secrets));
  if (how.plan !== undefined)
    for (const { key, title } of drafts) how.plan(`would open an issue for ${key}: ${title}`);
  if (how.plan !== undefined || drafts.length === 0) return { candidates: [], left };
  return { candidates: takeOpened(batch, await incidents.open(drafts), how.warn), left };
}
