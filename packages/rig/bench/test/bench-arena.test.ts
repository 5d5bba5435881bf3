import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const SCRIPT = fileURLToPath(new URL("../src/bench-arena.ts", import.meta.url));

const bench = (...options: string[]) =>
  spawnSync(process.execPath, ["--conditions=source", SCRIPT, ...options], { encoding: "utf8" });

/** A world, and what is closed in it. */
const NAMED = ["--trials", "4", "--only", "one by one"];

describe("npm run bench:arena", () => {
  test("plays what is named from the deploy and from the close, and is green where nobody dominates", () => {
    const { status, stdout } = bench(...NAMED);
    expect(stdout).toContain("### one by one\n");
    expect(stdout).toContain("### 90 days after a close, one by one\n");
    expect(stdout).not.toContain("### canary");
    expect(stdout).toContain("In no world has a rival both fewer mistakes and less delay.");
    expect(status).toBe(0);
  });

  test("is red if a rule is taken for ours that PatchPilot dominates", () => {
    const { status, stdout } = bench(...NAMED, "--ours", "24-hour count");
    expect(stdout).toMatch(/^\| one by one +\| all rates \| PatchPilot /m);
    expect(status).toBe(1);
  });

  test.each([
    [["--only", "mars"], 'No world has a name that contains "mars".\n'],
    [["--ours", "me"], /^--ours me is none of: PatchPilot, 24-hour count, .+\.\n$/],
  ])("refuses %j in one sentence", (options, stderr) => {
    const refused = bench(...options);
    expect(refused).toMatchObject({ status: 2, stdout: "" });
    expect(refused.stderr).toMatch(stderr);
  });
});
