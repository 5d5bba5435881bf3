import type { Selection } from "@patchpilot/test-report";
import type { CutFile, Hunk } from "./change/change.ts";
import { withoutHunks } from "./change/compose-file.ts";
import type { HunkNeed } from "./judge/decide-level.ts";
import { findMoved, growHunks } from "./judge/group-hunks.ts";
import { judgeRemoval } from "./judge/judge-removal.ts";
import type { Witness } from "./judge/judge-witness.ts";
import { type ProofPlace, ProofStopped } from "./proof-place.ts";

/** Most hunks that are taken back one by one, and milliseconds for all of them. */
const MOST_HUNKS = 10;
const MOST_TIME = 5 * 60_000;

/** A hunk for people: its file and the lines that it has in the patch. */
export const nameHunk = ({ path, lines: [first, last] }: Hunk): string =>
  `${path}:${first}${last > first ? `-${last}` : ""}`;

/** The tests that witnesses are. */
export const selectWitnesses = (witnesses: readonly Witness[]): Selection => ({
  cases: witnesses.map(({ id, name, file }) => ({ id, name, file, outcome: "failed" as const })),
});

/** Takes back each hunk alone, and with those that do not build without it, while the time lasts. */
export async function tryHunks(
  files: readonly CutFile[],
  hunks: readonly Hunk[],
  witnesses: readonly Witness[],
  place: ProofPlace,
): Promise<HunkNeed[]> {
  const until = place.now() + MOST_TIME;
  const needs: HunkNeed[] = hunks.map(() => "not-tried");
  const selection = selectWitnesses(witnesses);
  const runWithout = async (group: readonly number[]) => {
    const taken = group.flatMap((index) => hunks[index] ?? []);
    await place.show(withoutHunks(taken));
    const run = await place.runTests(`without ${taken.map(nameHunk).join(", ")}`, selection);
    return judgeRemoval(witnesses, run);
  };
  try {
    for (let index = 0; index < Math.min(hunks.length, MOST_HUNKS) && place.now() < until; index += 1) {
      const moved = findMoved(index, hunks, files);
      // The whole change: without it there is the base.
      if (moved.length === hunks.length) return hunks.map(() => "needed" as const);
      const alone = await runWithout(moved);
      needs[index] = alone === "not-needed" ? "not-needed" : "needed";
      const group = alone === "breaks" ? growHunks(moved, hunks, files) : moved;
      if (group.length === moved.length || group.length === hunks.length) continue;
      needs[index] =
        place.now() >= until
          ? "not-tried"
          : (await runWithout(group)) === "not-needed"
            ? "not-needed"
            : "needed";
    }
  } catch (error) {
    if (!(error instanceof ProofStopped)) throw error;
  }
  return needs;
}
