/**
 * `npm run bench:worlds -- [--trials N] [--seed N] [--only TEXT] [--json FILE]`: how often the verdict is wrong in each
 * of the worlds that production brings, also in those in which nothing is promised. `--only` plays the worlds whose name
 * contains a text. Exits 1 where a promise is broken.
 */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import type { CellTask } from "./verdicts/cell-worker.ts";
import { RESIDUES } from "./verdicts/cells.ts";
import { describeWorlds } from "./verdicts/play/world-tables.ts";
import { compareWorldTargets } from "./verdicts/play/world-targets.ts";
import { refuse, wholeOption } from "./verdicts/read-options.ts";
import { runInWorkers } from "./verdicts/run-in-workers.ts";
import { describeMissed, describeTargets } from "./verdicts/tables.ts";
import { WORLD_RATES } from "./verdicts/worlds/world.ts";
import { WORLDS } from "./verdicts/worlds/worlds.ts";

const { values } = parseArgs({
  options: {
    json: { type: "string" },
    trials: { type: "string", default: "400" },
    seed: { type: "string", default: "1" },
    only: { type: "string", default: "" },
  },
});
const trials = wholeOption("trials", values.trials, 1);
const seed = wholeOption("seed", values.seed, 0);
const names = WORLDS.map(({ name }) => name).filter((name) => name.includes(values.only));
if (names.length === 0) refuse(`No world has a name that contains "${values.only}".`);

const started = performance.now();
const tasks = names.flatMap((name) =>
  RESIDUES.flatMap((residue) =>
    WORLD_RATES.map(
      (perHour): CellTask => ({ rule: "world", cell: { name, perHour, residue }, trials, seed }),
    ),
  ),
);
const done = await runInWorkers(tasks, (count) => {
  if (count % 100 === 0) console.error(`${count} of ${tasks.length} cells`);
});
const figures = done.flatMap((each) => (each.rule === "world" ? [each.figures] : []));
const targets = figures.flatMap(compareWorldTargets);
const met = targets.filter((target) => target.met).length;
const seconds = Math.round((performance.now() - started) / 1_000);

console.log(`## Worlds: recovered / failing, and the median time to recovered\n\n${describeWorlds(figures)}`);
console.log(`\n## What is promised\n\n${describeTargets(targets)}`);
if (met < targets.length) console.log(`\n## Missed\n\n${describeMissed(targets)}`);
console.log(
  `\n${tasks.length} cells of ${trials} trials, seed ${seed}, in ${seconds} s: ${met} of ${targets.length} targets met.`,
);
if (values.json !== undefined) {
  writeFileSync(values.json, `${JSON.stringify({ trials, seed, figures, targets }, null, 2)}\n`);
}
if (met < targets.length) process.exitCode = 1;
