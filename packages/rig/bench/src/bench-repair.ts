/**
 * `npm run bench:repair -- [--rounds N] [--json FILE]`: what the repair workflow takes beside the agent and the tests, on the
 * embedded runner with the bundled actions and a simulated GitHub whose replies take 0 ms, for which the target holds,
 * and 50 ms. Times depend on the machine and are only told; GitHub's queue and the start of its machines are not in them.
 */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { markdownTable } from "markdown-table";
import { runTimedRepair } from "./actions/repair/run-repair.ts";
import { medianSpans, type RepairSpan, readSpans } from "./actions/repair/spans.ts";

const LATENCIES_MS = [0, 50];
const TARGET_MS = 1_500;

const { values } = parseArgs({
  options: { rounds: { type: "string", default: "5" }, json: { type: "string" } },
});
const rounds = Number(values.rounds);

// The first requests of a kind have the simulator read its schema; that run does not count.
await runTimedRepair(0);
const figures: { readonly latencyMs: number; readonly spans: readonly RepairSpan[] }[] = [];
for (const latencyMs of LATENCIES_MS) {
  const measured: (readonly RepairSpan[])[] = [];
  for (let round = 0; round < rounds; round += 1) measured.push(readSpans(await runTimedRepair(latencyMs)));
  figures.push({ latencyMs, spans: medianSpans(measured) });
}

const rows = figures.flatMap(({ latencyMs, spans }) =>
  spans.map(({ what, milliseconds }) => [
    what,
    `${latencyMs} ms`,
    `${Math.round(milliseconds)} ms`,
    latencyMs > 0 ? "" : milliseconds > TARGET_MS ? "over" : "ok",
  ]),
);
const head = ["span", "a reply of GitHub's takes", `median of ${rounds}`, `target ${TARGET_MS} ms`];
console.log(markdownTable([head, ...rows], { align: ["l", "r", "r", "l"] }));
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(figures, null, 2)}\n`);
