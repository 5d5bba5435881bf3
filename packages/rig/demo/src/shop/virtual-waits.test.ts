import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const PRELOADED = new URL("virtual-waits.ts", import.meta.url).href;
const APP = `
  import { setTimeout as wait } from "node:timers/promises";
  const took = async (work) => {
    const from = performance.now();
    await work();
    return Math.round(performance.now() - from);
  };
  const hour = 3_600_000;
  const inTurn = async () => {
    await wait(hour);
    await wait(2 * hour);
  };
  const atOnce = () => Promise.all([wait(2 * hour), wait(hour), inTurn()]);
  const computing = () => Array.from({ length: 1e4 }, Math.random).sort();
  console.log(JSON.stringify([await took(inTurn), await took(atOnce), await took(computing)]));
`;

test("an app's waits take virtual time, one after the other or at once, and its computing takes none", async () => {
  const run = promisify(execFile);
  const args = ["--import", PRELOADED, "--input-type=module", "--eval", APP];
  const { stdout } = await run(process.execPath, args, { cwd: fileURLToPath(new URL(".", import.meta.url)) });
  const hour = 3_600_000;
  expect(JSON.parse(stdout)).toEqual([3 * hour, 3 * hour, 0]);
});
