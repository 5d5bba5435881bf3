import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** How one program comes from its registry, with every byte held to a digest in this repository. */
type Installation = {
  readonly program: string;
  /** Files that pin it; a change of one installs it again. */
  readonly pins: readonly string[];
  readonly command: (home: string) => readonly [string, ...string[]];
  readonly environment: (home: string) => Readonly<Record<string, string>>;
  readonly remedy: string;
};

const HERE = import.meta.dirname;

const ZIZMOR: Installation = {
  program: "bin/zizmor",
  pins: ["zizmor/requirements.txt"],
  command: (home) => [
    ...(["python3", "-m", "pip", "install", "--quiet", "--target", home, "--require-hashes"] as const),
    ...["--only-binary=:all:", "--no-deps", "--requirement", "zizmor/requirements.txt"],
  ],
  environment: () => ({ PIP_DISABLE_PIP_VERSION_CHECK: "1", PIP_ROOT_USER_ACTION: "ignore" }),
  remedy:
    "zizmor could not be installed. It needs Python 3.11 or newer with pip, and PyPI. If pip is there, its message is above.",
};

const ACTIONLINT: Installation = {
  program: "actionlint",
  pins: ["actionlint/go.mod", "actionlint/go.sum"],
  command: () => ["go", "-C", "actionlint", "install", "tool"],
  environment: (home) => ({ GOBIN: home, GOFLAGS: "-mod=readonly -buildvcs=false" }),
  remedy:
    "actionlint could not be installed. It needs Go 1.25 or newer, and Go's module proxy. If Go is there, its message is above.",
};

/**
 * Installs what is not there yet.
 * @param folder kept between runs
 * @param machine environment in which the package managers run
 * @returns paths of the programs
 * @throws Error that says what to install on this machine
 */
export const installLinters = (folder: string, machine = process.env) => ({
  zizmor: install(ZIZMOR, join(folder, "zizmor"), machine),
  actionlint: install(ACTIONLINT, join(folder, "actionlint"), machine),
});

function install(
  { program, pins, command, environment, remedy }: Installation,
  folder: string,
  machine: NodeJS.ProcessEnv,
): string {
  const home = join(folder, digest(pins));
  const path = join(home, program);
  if (existsSync(path)) return path;
  mkdirSync(home, { recursive: true });
  const [tool, ...args] = command(home);
  try {
    execFileSync(tool, args, {
      cwd: HERE,
      env: { ...machine, ...environment(home) },
      stdio: ["ignore", "ignore", "inherit"],
    });
  } catch (cause) {
    throw new Error(remedy, { cause });
  }
  return path;
}

/** A short name for this version, whichever of its parts changed. */
function digest(pins: readonly string[]): string {
  const hash = createHash("sha256");
  for (const pin of pins) hash.update(readFileSync(join(HERE, pin)));
  return hash.digest("hex").slice(0, 12);
}
