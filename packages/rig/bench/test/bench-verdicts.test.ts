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
  test("runs cells on workers, and its exit code says whether a promise is broken", () => {
    const file = join(folder, "figures.json");
    const { status, stdout } = bench("--trials", "1", "--only", "young", "--json", file);
    const { errors, targets } = JSON.parse(readFileSync(file, "utf8"));
    const isMet = targets.every(({ met }: { met: boolean }) => met);
    expect(status).toBe(isMet ? 0 : 1);
    expect(stdout.includes("## Missed")).toBe(!isMet);
    expect(errors.length).toBeGreaterThan(100);
    expect(errors.every(({ trials }: { trials: number }) => trials === 1)).toBe(true);
  });

  test("plays what is named, and is green where promises are kept", () => {
    const { status, stdout } = bench("--trials", "20", "--only", "one by one");
    expect(stdout).toContain("### one by one (promised)");
    expect(stdout).not.toMatch(/### canary|## Latency|## Missed/);
    expect(status).toBe(0);
  });

  test("is red if a wrong rule judges the same incidents", () => {
    const { status, stdout } = bench("--trials", "20", "--only", "one by one", "--judge", "quiet half-hour");
    expect(stdout.split("## Missed")[1]).toContain("| recovered with nothing fixed");
    expect(status).toBe(1);
  });

  test.each([
    [["--only", "mars"], 'Nothing that is played has a name that contains "mars".\n'],
    [["--judge", "me"], "--judge me is none of: shipped, alone, quiet half-hour.\n"],
  ])("refuses %j in one sentence", (options, stderr) => {
    expect(bench(...options)).toEqual({ status: 2, stdout: "", stderr });
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
