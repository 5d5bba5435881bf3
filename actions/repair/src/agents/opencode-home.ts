import { existsSync } from "node:fs";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { AgentSettings } from "./settings.ts";

/** Where OpenCode keeps what it has, so that nothing of the machine's home configures it. */
export const nameOpenCodeHomes = (scratch: string): Record<string, string> =>
  Object.fromEntries(
    ["config", "data", "state", "cache"].map((name) => [
      `XDG_${name.toUpperCase()}_HOME`,
      join(scratch, name),
    ]),
  );

/** The package of plugins that it would fetch into its folder of configuration, unless the lockfile there lists it. */
const LOCKFILE = { lockfileVersion: 3, packages: { "": { dependencies: { "@opencode-ai/plugin": "*" } } } };

/** Puts there what OpenCode would fetch from npm and GitHub by itself at its start. */
export async function furnishOpenCode({ scratch, commandLine: [program] }: AgentSettings): Promise<void> {
  const configuration = join(scratch, "config", "opencode");
  await mkdir(join(configuration, "node_modules"), { recursive: true });
  await writeFile(join(configuration, "package-lock.json"), JSON.stringify(LOCKFILE));
  const programs = join(scratch, "cache", "opencode", "bin");
  await mkdir(programs, { recursive: true });
  // Installed beside it; a program of the machine's own brings its own.
  const packages = dirname(dirname(dirname(program)));
  const ripgrep = join(packages, "@vscode", `ripgrep-${process.platform}-${process.arch}`, "bin", "rg");
  if (existsSync(ripgrep) && !existsSync(join(programs, "rg"))) await symlink(ripgrep, join(programs, "rg"));
}
