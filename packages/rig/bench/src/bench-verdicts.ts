/**
 * `npm run bench:verdicts -- [--only TEXT] [--trials N] [--seed N] [--json FILE] [--keep FILE]`: how often the verdicts are wrong, measured on
 * the code as it stands. Draws incidents, polls each as production does, and counts how they end, in a small model and in
 * the worlds that production brings, also in those in which nothing is promised. `--only` plays what has the text in its
 * name. `--judge NAME` plays the worlds by another rule. `--keep` writes down each cell as it ends, and does not play again
 * what the file holds. Exits 1 where a target is missed. `--data DIR` runs the same
 * rules over recorded series instead. docs/verdicts.md says what is measured.
 */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { chooseTasks } from "./verdicts/choose-tasks.ts";
import { describeRecordings, judgeRecording } from "./verdicts/data/describe-recordings.ts";
import { readRecordings } from "./verdicts/data/read-folder.ts";
import { BadRecording } from "./verdicts/data/recording.ts";
import { deriveSeed, seededRandom } from "./verdicts/draws.ts";
import { KEEP_NOTHING, openKeptCells } from "./verdicts/kept-cells.ts";
import { JUDGES } from "./verdicts/play/judges.ts";
import { namedOption, refuse, wholeOption } from "./verdicts/read-options.ts";
import { describeReport, makeReport } from "./verdicts/report.ts";
import { runInWorkers } from "./verdicts/run-in-workers.ts";
import { timeArithmetic } from "./verdicts/time-arithmetic.ts";

/** A trial of a world takes five times as long as one of the small model. */
const TRIALS = { ofCells: "2000", ofWorlds: "200" } as const;

const { values } = parseArgs({
  options: {
    json: { type: "string" },
    keep: { type: "string" },
    trials: { type: "string" },
    seed: { type: "string", default: "1" },
    only: { type: "string", default: "" },
    judge: { type: "string", default: "shipped" },
    data: { type: "string" },
  },
});
const seed = wholeOption("seed", values.seed, 0);

if (values.data === undefined) await simulate();
else judgeFolder(values.data);

async function simulate(): Promise<void> {
  const judge = namedOption("judge", values.judge, JUDGES);
  const trials = {
    ofCells: wholeOption("trials", values.trials ?? TRIALS.ofCells, 1),
    ofWorlds: wholeOption("trials", values.trials ?? TRIALS.ofWorlds, 1),
  };
  const tasks = chooseTasks({ only: values.only, judge, seed, trials });
  if (tasks.length === 0) refuse(`Nothing that is played has a name that contains "${values.only}".`);
  const started = performance.now();
  const arithmetic = values.only === "" ? [timeArithmetic()] : [];
  const showProgress = (count: number): void => {
    if (count % 100 === 0) console.error(`${count} of ${tasks.length} cells`);
  };
  const kept = values.keep === undefined ? KEEP_NOTHING : openKeptCells(values.keep);
  const done = await runInWorkers(tasks, showProgress, kept);
  const report = makeReport(done, judge, arithmetic);
  const met = report.targets.filter((target) => target.met).length;
  const seconds = Math.round((performance.now() - started) / 1_000);
  console.log(describeReport(report));
  console.log(
    `\n${tasks.length} cells, seed ${seed}, in ${seconds} s: ${met} of ${report.targets.length} targets met.`,
  );
  writeJson({ trials, seed, judge, ...report });
  if (met < report.targets.length) process.exitCode = 1;
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
