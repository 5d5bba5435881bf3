/**
 * `npm run test:fresh`: the README's first commands on a machine where nothing was prepared, with each Node and npm that
 * people have. The clone is of this repository's last commit. Arguments: see `selectCombinations`.
 */
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { REPOSITORY } from "@patchpilot/build/repository";
import { type Combination, selectCombinations } from "./fresh/combinations.ts";
import { type FreshMachine, layOutMachine, ownNode } from "./fresh/lay-out-machine.ts";
import { readmeBlock } from "./fresh/readme-block.ts";
import { sayOutcome } from "./story/outcome.ts";

const MEGABYTES_AT_MOST = 400;

const block = readmeBlock(readFileSync(join(REPOSITORY, "README.md"), "utf8"), "See it run");
const selection = selectCombinations(process.argv.slice(2), ownNode());
let isStopped = false;
// Ctrl-C ends the demo, which is in the same group of processes; this one then removes what it made.
process.on("SIGINT", () => {
  isStopped = true;
});

let recovered = 0;
for (const combination of selection) if (!isStopped && (await tryOut(combination))) recovered += 1;
console.log(`\n${recovered} of ${selection.length} ended recovered.`);
process.exitCode = recovered === selection.length ? 0 : 1;

async function tryOut(combination: Combination | "own"): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), "patchpilot-fresh-"));
  try {
    const machine = layOutMachine(folder, combination);
    const versions = ["node", "npm"].map((name) => `${name} ${readVersion(name, machine)}`).join(", ");
    const started = performance.now();
    const { output, status } = await runBlock(machine);
    const seconds = ((performance.now() - started) / 1_000).toFixed(0);
    const size = megabytesIn(machine.work);
    const faults = findFaults(output, { status, size });
    console.log(`${faults.length === 0 ? "✓" : "✗"} ${versions}: ${seconds} s, ${size} MB`);
    for (const fault of faults) console.error(`  ${fault}`);
    if (faults.length > 0) console.error(output);
    return faults.length === 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function findFaults(output: string, { status, size }: { status: number | null; size: number }): string[] {
  return [
    ...(status === 0 ? [] : [`The commands ended with exit status ${status}.`]),
    ...(output.includes(sayOutcome("recovered")) ? [] : ["The demo did not end recovered."]),
    ...(/^Installing .* MB/m.test(output) ? [] : ["It did not say how large the installation is."]),
    ...(size <= MEGABYTES_AT_MOST ? [] : [`The clone is larger than ${MEGABYTES_AT_MOST} MB.`]),
  ];
}

function runBlock({ work, env }: FreshMachine): Promise<{ output: string; status: number | null }> {
  const child = spawn("sh", ["-e", "-c", block], { cwd: work, env, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  return new Promise((resolve) => child.on("close", (status) => resolve({ output, status })));
}

function readVersion(name: string, { work, env }: FreshMachine): string {
  return spawnSync(name, ["--version"], { cwd: work, env, encoding: "utf8" }).stdout.trim().replace(/^v/, "");
}

function megabytesIn(work: string): number {
  const [clone = "."] = readdirSync(work);
  const { stdout } = spawnSync("du", ["-sk", clone], { cwd: work, encoding: "utf8" });
  return Math.ceil((Number.parseInt(stdout, 10) * 1_024) / 1_000_000);
}
