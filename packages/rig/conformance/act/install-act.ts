import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";

const ACT = "github.com/nektos/act@v0.2.89";

/**
 * Installs act with the Go toolchain, unless this version is there.
 * @param folder kept between runs
 * @returns path of the program
 * @throws Error where Go is not installed or its module proxy cannot be reached
 */
export function installAct(folder: string): string {
  const home = join(folder, ACT.slice(ACT.indexOf("@") + 1));
  const program = join(home, "act");
  if (existsSync(program)) return program;
  mkdirSync(home, { recursive: true });
  console.log(`installing ${ACT}; this takes a minute or two`);
  try {
    execFileSync("go", ["install", ACT], {
      env: { ...process.env, GOBIN: home, GOFLAGS: "-mod=mod" },
      stdio: ["ignore", "ignore", "inherit"],
    });
  } catch (cause) {
    throw new Error("act could not be installed; this test needs Go 1.24 or newer, and its module proxy.", {
      cause,
    });
  }
  return program;
}
