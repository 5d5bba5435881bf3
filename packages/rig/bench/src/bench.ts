/**
 * `npm run bench -- [--json FILE] [--only NAME] [--quick]`: requests, time and memory of the bundles against simulated
 * services on loopback, whose replies take 0 and 50 ms, then how the bundles start and what they weigh, and what GitHub
 * bills for a month in either form of the workflow. Runs with pacing take minutes, so they go on side by side: they
 * mostly wait. `--quick` leaves them and the months out, `--only` takes scenarios whose name contains NAME; `month` means
 * the months. Exits 1 where a target for requests, sizes or minutes is missed; times depend on the machine and are only
 * told.
 */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { askingFolders } from "@patchpilot/build/repository";
import { SIZE_LIMIT } from "@patchpilot/build/size-limit";
import { markdownTable } from "markdown-table";
import { type Figure, isOver, makeFigures, startFigures } from "./actions/figures.ts";
import { measureScenario, type ScenarioMeasurement } from "./actions/measure-scenario.ts";
import { BENCH_SCENARIOS } from "./actions/scenarios.ts";
import { compareStarts } from "./cold-start/compare-starts.ts";
import { bundledMonthFigures, monthFigures } from "./months/month-figures.ts";

const LATENCIES_MS = [0, 50];
const START_RATIO = 2.2;
const START_ROUNDS = 7;

const { values } = parseArgs({
  options: {
    json: { type: "string" },
    only: { type: "string", default: "" },
    quick: { type: "boolean", default: false },
  },
});

const MONTHS = "month";

const scenarios = BENCH_SCENARIOS.filter(({ name }) => name.includes(values.only));
const measurements: ScenarioMeasurement[] = [];
for (const scenario of scenarios) {
  // The first requests of a kind have the simulators read their schemas; that run does not count.
  await measureScenario(scenario, "unpaced", 0);
  for (const latencyMs of LATENCIES_MS) {
    console.error(`${scenario.name}: ${latencyMs} ms a reply, without pacing`);
    measurements.push(await measureScenario(scenario, "unpaced", latencyMs));
  }
}
if (!values.quick) {
  console.error("All of them once more as bundles, with pacing, side by side");
  const runs = scenarios.flatMap((scenario) =>
    LATENCIES_MS.map((latencyMs) => measureScenario(scenario, "bundle", latencyMs)),
  );
  measurements.push(...(await Promise.all(runs)));
}
const starts = values.only === "" ? await compareStarts(askingFolders(), START_ROUNDS) : undefined;

const figures = [
  ...scenarios.flatMap((scenario) =>
    makeFigures(
      scenario,
      measurements.filter((measured) => measured.scenario === scenario.name),
    ),
  ),
  ...(starts ? startFigures(starts, { ratio: START_RATIO, bytes: SIZE_LIMIT }) : []),
  ...(["", MONTHS].includes(values.only) && !values.quick ? await playMonths() : []),
];
printTable(figures);
if (values.json !== undefined)
  writeFileSync(values.json, `${JSON.stringify({ figures, measurements, starts }, null, 2)}\n`);
if (figures.some((figure) => figure.binding && isOver(figure))) process.exitCode = 1;

async function playMonths(): Promise<Figure[]> {
  console.error("Six months in this process, and an idle one with the bundles");
  return [...(await monthFigures()), ...(await bundledMonthFigures())];
}

function printTable(figures: readonly Figure[]): void {
  const rows = figures.map((figure) => [
    figure.subject,
    figure.what,
    inUnit(figure, figure.value),
    figure.target === null ? "" : inUnit(figure, figure.target),
    figure.target === null ? "" : isOver(figure) ? "over" : "ok",
  ]);
  console.log(
    markdownTable([["subject", "what", "figure", "target", ""], ...rows], {
      align: ["l", "l", "r", "r", "l"],
    }),
  );
}

function inUnit({ unit }: Figure, value: number): string {
  if (unit === "ms") return `${Math.round(value)} ms`;
  if (unit === "bytes") return `${Math.round(value / 1_000)} kB`;
  return unit === "times" ? value.toFixed(2) : String(value);
}
