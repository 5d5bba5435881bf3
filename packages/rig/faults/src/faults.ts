/**
 * `npm run faults -- [--action A] [--story S] [--endpoint E] [--kind K] [--manner once|always]
 * [--sample N --seed N | --full] [--json FILE]`: plays faults at the endpoints that actions ask, and prints how many
 * cells are safe. Exits 1 where one is not.
 */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { drawCells, listCells, playFaults, playTwins, type Result } from "./matrix.ts";
import { describeResults } from "./table.ts";

const { values } = parseArgs({
  options: {
    action: { type: "string" },
    story: { type: "string" },
    endpoint: { type: "string" },
    kind: { type: "string" },
    manner: { type: "string" },
    sample: { type: "string", default: "400" },
    seed: { type: "string", default: "1" },
    full: { type: "boolean", default: false },
    json: { type: "string" },
  },
});

const started = performance.now();
const twins = await playTwins(values);
const all = listCells(twins, values);
if (all.length === 0)
  throw new Error("No cell fits. Leave out --story, --endpoint or --kind to see which there are.");
const cells = values.full ? all : drawCells(all, Number(values.sample), Number(values.seed));
const results: Result[] = [];
await playFaults(cells, twins, (result) => {
  results.push(result);
  if (results.length % 200 === 0) console.error(`${results.length} of ${cells.length} cells`);
});
console.log(describeResults(results));
const seconds = Math.round((performance.now() - started) / 1_000);
const unsafe = results.filter((result) => result.unsafe.length > 0);
console.log(
  `\n${cells.length} of ${all.length} cells in ${seconds} s: ${cells.length - unsafe.length} safe, ${unsafe.length} unsafe.`,
);
if (values.json !== undefined)
  writeFileSync(values.json, `${JSON.stringify({ cells: all.length, results }, null, 1)}\n`);
if (unsafe.length > 0) process.exitCode = 1;
