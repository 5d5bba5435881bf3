import { spawn } from "node:child_process";
import { delimiter, join, sep } from "node:path";
import { readMode } from "../commits/write-commit.ts";
import { readVersion } from "../release-source.ts";
import type { Released } from "../released/read-released.ts";
import { digestFiles } from "../trees/tree-digest.ts";
import { checkOut } from "./check-out.ts";
import type { Rebuilt } from "./ports.ts";

/** Variables of this machine. */
type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Clones the source of a release, and builds there with its own tools what the release consists of.
 * @param address path or URL of the source's repository
 * @param folder an empty folder to work in
 * @throws Error if a step fails
 */
export async function rebuild(
  { action, source }: Released,
  address: string,
  folder: string,
  machine: Environment,
): Promise<Rebuilt> {
  const clone = join(folder, "source");
  const target = join(folder, "release");
  const env = selectEnvironment(machine, clone);
  await checkOut(source.commit, address, clone, env["PATH"] ?? "");
  await run(clone, env, "npm", ["run", "--silent", "setup"]);
  await run(clone, env, "npm", ["run", "--silent", "build"]);
  const program = "packages/build/src/release-tree.ts";
  await run(clone, env, "node", ["--conditions=source", program, action, target]);
  const files = digestFiles(target).map((file) => ({ ...file, mode: readMode(join(target, file.path)) }));
  return { version: readVersion(join(clone, "actions", action)), files };
}

/** What the build sees of this machine: no credentials, and the clone's tools instead of this checkout's. */
export function selectEnvironment(machine: Environment, clone: string): Record<string, string> {
  const own = join("node_modules", ".bin");
  const folders = (machine["PATH"] ?? "").split(delimiter).filter((path) => !path.endsWith(`${sep}${own}`));
  const rest = Object.entries(machine).filter(([name]) => !/token|secret|password|credential/i.test(name));
  return {
    ...Object.fromEntries(rest.map(([name, value]) => [name, value ?? ""])),
    PATH: [join(clone, own), ...folders].join(delimiter),
  };
}

/** Runs a step. What it prints is of interest if it fails. */
async function run(
  cwd: string,
  env: Record<string, string>,
  command: string,
  args: readonly string[],
): Promise<void> {
  const child = spawn(command, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (chunk: string) => {
      output += chunk;
    });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  const step = [command, ...args].join(" ");
  if (code !== 0) throw new Error(`\`${step}\` failed in a clone of the source:\n${output.trim()}`);
}
