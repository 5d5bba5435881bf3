import { takeOpened } from "@patchpilot/acceptance";
import type { IntakeInputs } from "./contract.ts";
import { chooseSubjects } from "./decide/choose.ts";
import { putTogether, type Together } from "./decide/together.ts";
import type { Candidate, IntakeFacts } from "./facts.ts";
import type { IntakePorts } from "./ports.ts";
import { draftIssue } from "./words/drafts.ts";

/** What was opened, and what was put together. */
export type Opened = Pick<Together, "joined"> & {
  readonly candidates: readonly Candidate[];
  /** How many passed every filter and wait for the next run. */
  readonly left: number;
};

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
): Promise<Opened> {
  const { chosen, ignored } = chooseSubjects(unopened, known, inputs, unopened.length);
  const repeats = ignored.flatMap(({ issue, reason }) =>
    reason === "duplicate" ? (unopened[-1 - issue] ?? []) : [],
  );
  const { subjects, joined } = putTogether(chosen, repeats, known, inputs);
  const batch = subjects.slice(0, how.room);
  const left = chosen.length - batch.length;
  const drafts = batch.map((subject) => draftIssue(subject, inputs, secrets));
  if (how.plan !== undefined)
    for (const { key, title } of drafts) how.plan(`would open an issue for ${key}: ${title}`);
  if (how.plan !== undefined || drafts.length === 0) return { candidates: [], left, joined };
  return { candidates: takeOpened(batch, await incidents.open(drafts), how.warn), left, joined };
}
