/**
 * `node --conditions=source cold-start.ts [--rounds N] [--most RATIO] [--json FILE]`: from the start of each
 * bundle to its first request, against an empty Node process of the same run, and the sizes of the bundles.
 * Exits 1 where a bundle is slower than RATIO times the empty process.
 */
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { askingFolders } from "@patchpilot/build/repository";
import { markdownTable } from "markdown-table";
import { compareStarts } from "./cold-start/compare-starts.ts";

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "11" },
    most: { type: "string", default: "3.0" },
    json: { type: "string" },
  },
});

const built = askingFolders().filter((folder) => existsSync(join(folder, "dist", "index.js")));
const comparison = await compareStarts(built, Number(values.rounds));
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(comparison, null, 2)}\n`);

const kilobytes = (bytes: number): string => (bytes / 1_000).toFixed(0);
const rows = comparison.actions.map(({ action, indexBytes, scriptBytes, medianMs, ratio }) => [
  action,
  kilobytes(indexBytes),
  kilobytes(scriptBytes),
  medianMs.toFixed(1),
  ratio.toFixed(2),
]);
console.log(
  `Node ${comparison.node}, ${comparison.rounds} rounds, empty process ${comparison.emptyMs.toFixed(1)} ms`,
);
console.log(
  markdownTable([["action", "index.js kB", "all kB", "first request ms", "times empty"], ...rows], {
    align: ["l", "r", "r", "r", "r"],
  }),
);

const slow = comparison.actions.filter(({ ratio }) => ratio > Number(values.most));
if (slow.length > 0) {
  console.error(
    `Slower than ${values.most} times an empty process: ${slow.map(({ action }) => action).join(", ")}.`,
  );
  process.exitCode = 1;
}
