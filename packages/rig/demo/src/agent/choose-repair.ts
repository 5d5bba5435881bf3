import type { Edit, ScriptedRepair } from "./repair.ts";

/** A repair with the files that it changes, as they are afterwards. */
export type ChosenRepair = Omit<ScriptedRepair, "edits"> & { readonly changed: ReadonlyMap<string, string> };

/**
 * The first repair all of whose places are there: what an earlier attempt changed and a person merged is no longer.
 * @param files texts by their paths in the checkout
 * @throws Error where no repair fits
 */
export function chooseRepair(
  repairs: readonly ScriptedRepair[],
  files: ReadonlyMap<string, string>,
): ChosenRepair {
  for (const { sentence, why, edits } of repairs) {
    const changed = applyAll(edits, files);
    if (changed !== undefined) return { sentence, why, changed };
  }
  throw new Error("The scripted agent finds none of the places that it knows how to edit.");
}

function applyAll(
  edits: readonly Edit[],
  files: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> | undefined {
  const changed = new Map<string, string>();
  for (const { file, replace } of edits) {
    let text = changed.get(file) ?? files.get(file) ?? "";
    for (const { find, by } of replace) {
      if (!text.includes(find)) return undefined;
      text = text.replace(find, () => by);
    }
    changed.set(file, text);
  }
  return changed;
}
