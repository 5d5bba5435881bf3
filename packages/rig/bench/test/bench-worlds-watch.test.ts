import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

function bench(script: string, ...options: string[]) {
  const path = fileURLToPath(new URL(`../src/${script}`, import.meta.url));
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--conditions=source", path, ...options], {
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

test("npm run bench:watch runs every case, and says what the control misses", () => {
  const { status, stdout } = bench("bench-watch.ts", "--trials", "5");
  expect(stdout).toMatch(/^Control: to reopen at the first error misses [1-9]\d* of \d+ targets\.$/m);
  expect(status).toBe(stdout.includes("## Missed") ? 1 : 0);
});

test("npm run bench:worlds plays the worlds that are named, and its exit code says whether a promise is broken", () => {
  const { status, stdout } = bench("bench-worlds.ts", "--trials", "2", "--only", "daily cycle");
  expect(stdout).toContain("### daily cycle (promised)");
  expect(stdout).not.toContain("### canary");
  expect(status).toBe(stdout.includes("## Missed") ? 1 : 0);
});

test("npm run bench:arena plays those that are named, and its exit code says whether a rival is better", () => {
  const { status, stdout } = bench("bench-arena.ts", "--trials", "2", "--only", "daily cycle");
  expect(stdout).toContain("### daily cycle\n");
  expect(stdout).toContain("### 90 days after a close, daily cycle\n");
  expect(stdout).not.toContain("### canary");
  expect(status).toBe(stdout.includes(" better in 0 of them") ? 0 : 1);
});

test.each(["bench-worlds.ts", "bench-arena.ts"])(
  "%s refuses a name that no world has in one sentence",
  (script) => {
    expect(bench(script, "--only", "mars")).toEqual({
      status: 2,
      stdout: "",
      stderr: 'No world has a name that contains "mars".\n',
    });
  },
);
