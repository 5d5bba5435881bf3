import { appendFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import type { CellTask, Done } from "./cell-worker.ts";

/** Cells that were run, so that a long run can be stopped and go on later. */
export type KeptCells = {
  readonly find: (task: CellTask) => Done | undefined;
  readonly add: (task: CellTask, done: Done) => void;
};

export const KEEP_NOTHING: KeptCells = { find: () => undefined, add: () => undefined };

type Line = { readonly task: CellTask; readonly done: Done };

/** A line of JSON for each cell. What the file holds is of the rule that ran it: delete it once the rule has changed. */
export function openKeptCells(file: string): KeptCells {
  const text = existsSync(file) ? readFileSync(file, "utf8") : "";
  // A run that was stopped while it wrote leaves half a line.
  const whole = text.slice(0, text.lastIndexOf("\n") + 1);
  if (whole !== text) writeFileSync(file, whole);
  const lines = whole.split("\n").filter(Boolean);
  const known = new Map(
    lines.map((line) => {
      const { task, done } = JSON.parse(line) as Line;
      return [JSON.stringify(task), done];
    }),
  );
  return {
    find: (task) => known.get(JSON.stringify(task)),
    add: (task, done) => appendFileSync(file, `${JSON.stringify({ task, done })}\n`),
  };
}
