import { join } from "node:path";
import { lastWords, shorten } from "./sentences.ts";

/** The agents that come from npm, with the versions that this release was tested with. */
export const PINNED_VERSIONS = { "claude-code": "2.1.329", codex: "0.169.0" } as const;
export type PackagedAgent = keyof typeof PINNED_VERSIONS;

/**
 * What is installed, and the script in it that starts the program of the platform. Both packages bring the program
 * itself in an optional dependency; neither needs its install script, which would only copy it.
 */
const PACKAGES: Readonly<Record<PackagedAgent, { readonly name: string; readonly start: string }>> = {
  "claude-code": { name: "@anthropic-ai/claude-code", start: "cli-wrapper.cjs" },
  codex: { name: "@openai/codex", start: "bin/codex.js" },
};

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
      `\`agent-version\` is "${version}", which is no exact version: write it like ${PINNED_VERSIONS[agent]}, without a range or a tag.`,
    );
  const { name, start } = PACKAGES[agent];
  return {
    /** To be run once, in `folder`, so that no .npmrc of the checkout is read. */
    command: "npm",
    args: [
      ...["install", "--prefix", folder, "--ignore-scripts", "--include=optional"],
      ...["--no-audit", "--no-fund", "--no-package-lock", `${name}@${version}`],
    ],
    /** How it is started afterwards. */
    commandLine: [node, join(folder, "node_modules", name, start)] as const,
  };
}

/**
 * The machine's settings for npm, such as a mirror of the registry: a sandbox has a home of its own, and none of them.
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
