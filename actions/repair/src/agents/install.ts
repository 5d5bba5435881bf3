import { join } from "node:path";
import { lastWords, shorten } from "./sentences.ts";

/** The agents that come from npm, with the versions that this release was tested with. */
export const PINNED_VERSIONS = {
  "claude-code": "2.1.329",
  codex: "0.169.0",
  // The last one known not to run plugins of the checkout: docs/decisions/opencode.md.
  opencode: "1.15.13",
} as const;
export type PackagedAgent = keyof typeof PINNED_VERSIONS;

type Package = {
  readonly name: string;
  /** Below `node_modules`: the script that starts the program of the platform, or the program itself. */
  readonly start: string;
  readonly more?: readonly string[];
};

/**
 * What is installed, and how it is started. All packages bring the program itself in an optional dependency; none needs
 * its install script, which would only copy it.
 */
const PACKAGES: Readonly<Record<PackagedAgent, Package>> = {
  "claude-code": {
    name: "@anthropic-ai/claude-code",
    start: "@anthropic-ai/claude-code/cli-wrapper.cjs",
  },
  codex: { name: "@openai/codex", start: "@openai/codex/bin/codex.js" },
  opencode: {
    name: "opencode-ai",
    start: `${nameOpenCodePackage(process.platform, process.arch)}/bin/opencode`,
    // Else it fetches ripgrep from GitHub.
    more: ["@vscode/ripgrep@1.18.0"],
  },
};

/** OpenCode's package for a platform; on x64 the one that runs on processors without AVX2, too. */
function nameOpenCodePackage(platform: string, arch: string): string {
  const system = platform === "win32" ? "windows" : platform;
  return `opencode-${system}-${arch}${arch === "x64" ? "-baseline" : ""}`;
}

/**
 * Says how an agent gets onto a machine, and how it is started there.
 * @param options.version an exact version; absent: the pinned one
 * @param options.folder an existing folder outside of the checkout
 * @param options.node the program that runs JavaScript where the agent will run
 * @throws Error for anything but an exact version: npm would take a tag, a range or an address
 */
export function describeInstallation(
  agent: PackagedAgent,
  options: { readonly version?: string | undefined; readonly folder: string; readonly node: string },
) {
  const { version = PINNED_VERSIONS[agent], folder, node } = options;
  if (!/^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/.test(version))
    throw new Error(
      `\`agent-version\` is "${version}", which is not an exact version: write it like ${PINNED_VERSIONS[agent]}, without a range or a tag.`,
    );
  if (agent === "opencode" && version !== PINNED_VERSIONS.opencode)
    throw new Error(
      `OpenCode is run in version ${PINNED_VERSIONS.opencode} alone: later ones run plugins that a checkout brings, whatever the settings say. Leave \`agent-version\` out.`,
    );
  const { name, start, more = [] } = PACKAGES[agent];
  const program = join(folder, "node_modules", start);
  return {
    /** To be run once, in `folder`, so that no .npmrc of the checkout is read. */
    command: "npm",
    args: [
      ...["install", "--prefix", folder, "--ignore-scripts", "--include=optional"],
      ...["--no-audit", "--no-fund", "--no-package-lock", `${name}@${version}`, ...more],
    ],
    /** How it is started afterwards. */
    commandLine: /js$/.test(start) ? ([node, program] as const) : ([program] as const),
  };
}

/**
 * The machine's settings for npm, such as a mirror of the registry: a sandbox has its own home, and none of them.
 * @param machine the machine's variables, without the runner's
 */
export function npmSettings(machine: Readonly<Record<string, string>>): Record<string, string> {
  const given = Object.entries(machine).filter(([name]) => /^npm_config_/i.test(name));
  const home = machine["HOME"];
  return {
    ...(home === undefined ? {} : { NPM_CONFIG_USERCONFIG: join(home, ".npmrc") }),
    ...Object.fromEntries(given),
  };
}

/** What npm says about its failure, in one line: not its last words, which name a log that nobody will find. */
export function describeNpmFault(output: string): string {
  const errors = output.match(/(?<=^npm (?:error|ERR!) ).*/gm) ?? [];
  const told = errors.filter((line) => !/^(A complete log|errno |\s*$)/.test(line)).slice(0, 3);
  return shorten(told.length === 0 ? lastWords(output) : told.join("; "), 300);
}
