import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const SCRIPT = fileURLToPath(new URL("../src/bench-verdicts.ts", import.meta.url));
let folder: string;

function bench(...options: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--conditions=source", SCRIPT, ...options],
    { encoding: "utf8" },
  );
  return { status, stdout, stderr };
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "bench-verdicts-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("npm run bench:verdicts", () => {
  test("runs every cell on workers, and its exit code says whether a promise is broken", () => {
    const file = join(folder, "figures.json");
    const { status, stdout } = bench("--trials", "1", "--json", file);
    const { errors, latency, targets } = JSON.parse(readFileSync(file, "utf8"));
    const isMet = targets.every(({ met }: { met: boolean }) => met);
    expect(status).toBe(isMet ? 0 : 1);
    expect(stdout.includes("## Missed")).toBe(!isMet);
    expect(errors.length).toBeGreaterThan(300);
    expect(latency.length).toBeGreaterThan(20);
    expect([...errors, ...latency].every(({ trials }: { trials: number }) => trials === 1)).toBe(true);
  });

  test("refuses a folder that holds no series in one sentence", () => {
    expect(bench("--data", folder)).toMatchObject({
      status: 2,
      stdout: "",
      stderr: expect.stringMatching(/no file whose name ends in \.csv\.\n$/),
    });
  });

  test("refuses trials that are no number", () => {
    const { status, stderr } = bench("--trials", "many");
    expect([status, stderr]).toEqual([2, "--trials many is not a whole number of 1 or more.\n"]);
  });
});
