import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const SCRIPT = fileURLToPath(new URL("../src/bench-watch.ts", import.meta.url));

test("npm run bench:watch runs every case, and says what the control misses", () => {
  const { status, stdout } = spawnSync(process.execPath, ["--conditions=source", SCRIPT, "--trials", "5"], {
    encoding: "utf8",
  });
  expect(stdout).toMatch(/^Control: to reopen at the first error misses [1-9]\d* of \d+ targets\.$/m);
  expect(status).toBe(stdout.includes("## Missed") ? 1 : 0);
});
