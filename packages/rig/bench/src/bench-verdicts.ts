/**
 * `npm run bench:verdicts -- [--trials N] [--seed N] [--json FILE]`: how often the verdicts are wrong, measured on the code
 * as it stands. Draws incidents, polls each as production does, and counts how they end. Exits 1 where a target is
 * missed. `--data DIR` runs the same rules over recorded series instead. docs/verdicts.md says what is measured.
 */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import type { CellTask } from "./verdicts/cell-worker.ts";
import { allCells } from "./verdicts/cells.ts";
import { describeRecordings, judgeRecording } from "./verdicts/data/describe-recordings.ts";
import { readRecordings } from "./verdicts/data/read-folder.ts";
import { BadRecording } from "./verdicts/data/recording.ts";
import { deriveSeed, seededRandom } from "./verdicts/draws.ts";
import { LATENCY_CELLS } from "./verdicts/latency-catalogue.ts";
import { compareLatencyTargets } from "./verdicts/latency-cells.ts";
import { describeLatency } from "./verdicts/latency-tables.ts";
import { refuse, wholeOption } from "./verdicts/read-options.ts";
import { runInWorkers } from "./verdicts/run-in-workers.ts";
import { describeCells, describeMissed, describeTargets } from "./verdicts/tables.ts";
import { compareTargets } from "./verdicts/targets.ts";
import { timeArithmetic } from "./verdicts/time-arithmetic.ts";

const { values } = parseArgs({
  options: {
    json: { type: "string" },
    trials: { type: "string", default: "2000" },
    seed: { type: "string", default: "1" },
    data: { type: "string" },
  },
});
const trials = wholeOption("trials", values.trials, 1);
const seed = wholeOption("seed", values.seed, 0);

if (values.data === undefined) await simulate();
else judgeFolder(values.data);

async function simulate(): Promise<void> {
  const started = performance.now();
  const arithmetic = timeArithmetic();
  const tasks: CellTask[] = [
    ...allCells().map((cell) => ({ rule: "errors" as const, cell, trials, seed })),
    ...LATENCY_CELLS.map((cell) => ({ rule: "latency" as const, cell, trials, seed })),
  ];
  const done = await runInWorkers(tasks, (count) => {
    if (count % 30 === 0) console.error(`${count} of ${tasks.length} cells`);
  });
  const errors = done.flatMap((each) => (each.rule === "errors" ? [each.figures] : []));
  const latency = done.flatMap((each) => (each.rule === "latency" ? [each.figures] : []));
  const targets = [...errors.flatMap(compareTargets), ...latency.flatMap(compareLatencyTargets), arithmetic];
  const met = targets.filter((target) => target.met).length;
  const seconds = Math.round((performance.now() - started) / 1_000);

  console.log("## Errors: recovered / failing within 48 h, and the median time to recovered\n");
  console.log(describeCells(errors));
  console.log(`\n## Latency\n\n${describeLatency(latency)}`);
  console.log(`\n## What is promised\n\n${describeTargets(targets)}`);
  if (met < targets.length) console.log(`\n## Missed\n\n${describeMissed(targets)}`);
  console.log(
    `\n${tasks.length} cells of ${trials} trials, seed ${seed}, in ${seconds} s: ${met} of ${targets.length} targets met.`,
  );
  writeJson({ trials, seed, errors, latency, targets });
  if (met < targets.length) process.exitCode = 1;
}

function judgeFolder(folder: string): void {
  try {
    const reports = readRecordings(folder).map((recording) =>
      judgeRecording(recording, seededRandom(deriveSeed({ name: recording.name }, seed))),
    );
    console.log(describeRecordings(reports));
    writeJson({ seed, reports });
  } catch (error) {
    if (!(error instanceof BadRecording)) throw error;
    refuse(error.message);
  }
}

function writeJson(report: object): void {
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`);
}
