/**
 * The net under a redesign: `npm run record -- before`, change the code, `npm run record -- after`, then
 * `npm run record -- before after` names every request, comment, output and summary that one has and the other has not.
 */
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../../../", import.meta.url));
const RECORDS = join(ROOT, ".records");
const MOST_SHOWN = 20;

function record(name: string): number {
  const folder = join(RECORDS, name);
  rmSync(folder, { recursive: true, force: true });
  const vitest = join(ROOT, "node_modules", ".bin", "vitest");
  const args = ["run", "--project", "unit", "--project", "bundles"];
  const tests = ["unit", "bundles"].map((name) => `packages/rig/conformance/tests/${name}`);
  const env = { ...process.env, PATCHPILOT_RECORD: folder };
  return spawnSync(vitest, [...args, ...tests], { cwd: ROOT, env, stdio: "inherit" }).status ?? 1;
}

function compare(before: string, after: string): void {
  const [old, now] = [readLines(before), readLines(after)];
  const differences = [
    ...missing(old, now).map((line) => `only ${before}: ${line}`),
    ...missing(now, old).map((line) => `only ${after}: ${line}`),
  ];
  for (const difference of differences.slice(0, MOST_SHOWN)) console.log(difference);
  console.log(`${old.size} different lines before, ${differences.length} that only one of both has.`);
  process.exitCode = differences.length === 0 ? 0 : 1;
}

/**
 * How often each line was written, whatever the order and the test: tests run side by side, and a race may leave a run
 * behind that ends while the next test is recorded.
 */
function readLines(name: string): Map<string, number> {
  const folder = join(RECORDS, name);
  const counts = new Map<string, number>();
  for (const file of readdirSync(folder))
    for (const line of readFileSync(join(folder, file), "utf8").split("\n").filter(Boolean))
      counts.set(line, (counts.get(line) ?? 0) + 1);
  return counts;
}

/** What the first has more often than the second. */
const missing = (some: ReadonlyMap<string, number>, others: ReadonlyMap<string, number>): string[] =>
  [...some].filter(([line, count]) => count > (others.get(line) ?? 0)).map(([line]) => line.slice(0, 2_000));

const [first, second] = process.argv.slice(2);
if (first === undefined) throw new Error("Name the record: `npm run record -- before`.");
if (second === undefined) process.exitCode = record(first);
else compare(first, second);
