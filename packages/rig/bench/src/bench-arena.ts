/**
 * `npm run bench:arena -- [--only TEXT] [--trials N] [--seed N] [--json FILE]`: our rule against models of what others do, on
 * the same histories. `--only` plays what has the text in its name. `--ours NAME` takes another of them for ours. Exits 1
 * where a rival has both fewer mistakes and less delay, and that is not declared.
 */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { compareWorlds, describeContestants, describeMistakes, describeRates } from "./arena/arena-tables.ts";
import { asShipped } from "./arena/as-shipped.ts";
import { ARENA_CELLS } from "./arena/cells.ts";
import { CONTESTANTS, lineUp } from "./arena/contestants.ts";
import { describeDominations } from "./arena/domination-table.ts";
import { findDominations, isUndeclared } from "./arena/dominations.ts";
import { nameArenaCell } from "./arena/figures.ts";
import type { CellTask } from "./verdicts/cell-worker.ts";
import { namedOption, refuse, wholeOption } from "./verdicts/read-options.ts";
import { runInWorkers } from "./verdicts/run-in-workers.ts";

const { values } = parseArgs({
  options: {
    json: { type: "string" },
    trials: { type: "string", default: "200" },
    seed: { type: "string", default: "1" },
    only: { type: "string", default: "" },
    ours: { type: "string", default: asShipped.name },
  },
});
const trials = wholeOption("trials", values.trials, 1);
const seed = wholeOption("seed", values.seed, 0);
const ours = namedOption(
  "ours",
  values.ours,
  Object.fromEntries(CONTESTANTS.map(({ name }) => [name, name])),
);
const cells = ARENA_CELLS.filter((cell) => nameArenaCell(cell).includes(values.only));
if (cells.length === 0) refuse(`No world has a name that contains "${values.only}".`);

const started = performance.now();
const tasks = cells.map((cell): CellTask => ({ rule: "arena", ours, cell, trials, seed }));
const done = await runInWorkers(tasks, (count) => {
  if (count % 30 === 0) console.error(`${count} of ${tasks.length} cells`);
});
const figures = done.flatMap((each) => (each.rule === "arena" ? [each.figures] : []));
const dominations = findDominations(figures);
const undeclared = dominations.filter(isUndeclared).length;
const seconds = Math.round((performance.now() - started) / 1_000);

console.log(`## Who judges\n\n${describeContestants(lineUp(ours))}`);
console.log(`\n## Recovered falsely / relapses missed / median delay\n\n${compareWorlds(figures, "deploy")}`);
console.log(
  `\n## After a close: false alarms / relapses missed / median delay\n\n${compareWorlds(figures, "close")}`,
);
console.log(`\n## Dominated: fewer mistakes and less delay\n\n${describeDominations(dominations)}`);
console.log(`\n## Mistakes in all worlds\n\n${describeMistakes(figures)}`);
console.log(`\n## Each world by rate\n\n${describeRates(figures)}`);
console.log(
  `\n${tasks.length} cells of ${trials} trials, seed ${seed}, in ${seconds} s: dominated ${dominations.length} times, ${undeclared} of them undeclared.`,
);
if (values.json !== undefined) {
  writeFileSync(values.json, `${JSON.stringify({ trials, seed, figures })}\n`);
}
if (undeclared > 0) process.exitCode = 1;
