/**
 * `pnpm bench:verdicts [--trials N] [--seed N] [--json FILE]`: how often the verdicts are wrong, measured on the code
 * as it stands. Draws incidents, polls each every five minutes as production does, and counts how they end.
 * Exits 1 where a target is missed. docs/verdicts.md says what the cells are.
 */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { allCells } from "./verdict-bench/cells.ts";
import { runInWorkers } from "./verdict-bench/run-in-workers.ts";
import { describeCells, describeTargets } from "./verdict-bench/tables.ts";
import { targetsOf } from "./verdict-bench/targets.ts";

const { values } = parseArgs({
  options: {
    json: { type: "string" },
    trials: { type: "string", default: "2000" },
    seed: { type: "string", default: "1" },
  },
});
const trials = readWhole("trials", values.trials, 1);
const seed = readWhole("seed", values.seed, 0);

const started = performance.now();
const tasks = allCells().map((cell) => ({ cell, trials, seed }));
const figures = await runInWorkers(tasks, (done) => {
  if (done % 30 === 0) console.error(`${done} of ${tasks.length} cells`);
});
const targets = figures.flatMap(targetsOf);
const missed = targets.filter(({ met }) => !met);

console.log(`## Errors: recovered / failing within 48 h, and the median time to recovered\n`);
console.log(describeCells(figures));
console.log(`\n## Targets\n\n${describeTargets(targets)}`);
const seconds = Math.round((performance.now() - started) / 1_000);
console.log(
  `\n${figures.length} cells of ${trials} trials (seed ${seed}) in ${seconds} s: ${targets.length - missed.length} of ${targets.length} targets met.`,
);
if (values.json !== undefined) {
  writeFileSync(values.json, `${JSON.stringify({ trials, seed, figures, targets }, null, 2)}\n`);
}
if (missed.length > 0) process.exitCode = 1;

function readWhole(name: string, text: string, least: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= least) return value;
  console.error(`--${name} ${text} is not a whole number of ${least} or more.`);
  process.exit(2);
}
