/**
 * `npm run bench:arena -- [--trials N] [--seed N] [--only TEXT] [--json FILE]`: our rule against models of what others
 * do, on the same histories. Exits 1 where a rival provably makes fewer mistakes and is sooner, and nobody has accepted
 * it.
 */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { describeAll, describeArena, describeContestants } from "./arena/arena-tables.ts";
import { ARENA_CELLS } from "./arena/cells.ts";
import { CONTESTANTS } from "./arena/contestants.ts";
import { nameArenaCell } from "./arena/figures.ts";
import { whyKnown } from "./arena/known-upsets.ts";
import { describeUpsets } from "./arena/upset-table.ts";
import { findUpsets } from "./arena/upsets.ts";
import type { CellTask } from "./verdicts/cell-worker.ts";
import { refuse, wholeOption } from "./verdicts/read-options.ts";
import { runInWorkers } from "./verdicts/run-in-workers.ts";

const { values } = parseArgs({
  options: {
    json: { type: "string" },
    trials: { type: "string", default: "100" },
    seed: { type: "string", default: "1" },
    only: { type: "string", default: "" },
  },
});
const trials = wholeOption("trials", values.trials, 1);
const seed = wholeOption("seed", values.seed, 0);
const cells = ARENA_CELLS.filter((cell) => nameArenaCell(cell).includes(values.only));
if (cells.length === 0) refuse(`No world has a name that contains "${values.only}".`);

const started = performance.now();
const tasks = cells.map((cell): CellTask => ({ rule: "arena", cell, trials, seed }));
const done = await runInWorkers(tasks, (count) => {
  if (count % 30 === 0) console.error(`${count} of ${tasks.length} cells`);
});
const figures = done.flatMap((each) => (each.rule === "arena" ? [each.figures] : []));
const upsets = figures.flatMap(findUpsets);
const lost = upsets.filter(
  ({ cell, rival, isProven }) => isProven && whyKnown(cell, rival.name) === undefined,
);
const seconds = Math.round((performance.now() - started) / 1_000);

console.log(`## Who judges\n\n${describeContestants(CONTESTANTS)}`);
console.log(`\n## Mistakes, and the median delay\n\n${describeArena(figures)}`);
console.log(`\n## Mistakes in all of them\n\n${describeAll(figures)}`);
if (upsets.length > 0)
  console.log(`\n## Sooner, with no more mistakes than ours\n\n${describeUpsets(upsets)}`);
console.log(
  `\n${tasks.length} cells of ${trials} trials, seed ${seed}, in ${seconds} s: a rival is provably better in ${new Set(lost.map(({ cell }) => cell)).size} of them, beside what is accepted.`,
);
if (values.json !== undefined) {
  writeFileSync(values.json, `${JSON.stringify({ trials, seed, figures, upsets }, null, 2)}\n`);
}
if (lost.length > 0) process.exitCode = 1;
