import type { BaseFiles } from "./base-files.ts";
import type { CiJob } from "./ci/read-jobs.ts";

/** A toolchain that a project is tested with. */
export type Toolchain = {
  /** The program that says its version. */
  readonly program: "node" | "python3" | "go" | "java" | "ruby" | "dotnet" | "rustc" | "php" | "elixir";
  /** As it is written: a version, a part of one, or a range. Undefined: none is named. */
  readonly version: string | undefined;
  /** The file or job that says so. */
  readonly source: string;
  /** The action that brings it, as CI calls it. */
  readonly action?: string;
};

/** Actions that bring a toolchain, and the input that names its version. */
const ACTIONS: readonly (readonly [RegExp, Toolchain["program"], string])[] = [
  [/^actions\/setup-node@/, "node", "node-version"],
  [/^actions\/setup-python@/, "python3", "python-version"],
  [/^actions\/setup-go@/, "go", "go-version"],
  [/^actions\/setup-java@/, "java", "java-version"],
  [/^(ruby|actions)\/setup-ruby@/, "ruby", "ruby-version"],
  [/^actions\/setup-dotnet@/, "dotnet", "dotnet-version"],
  [
    /^(dtolnay\/rust-toolchain|actions-rs\/toolchain|actions-rust-lang\/setup-rust-toolchain)@/,
    "rustc",
    "toolchain",
  ],
  [/^shivammathur\/setup-php@/, "php", "php-version"],
  [/^erlef\/setup-beam@/, "elixir", "elixir-version"],
];

const first = (pattern: RegExp) => (text: string) => pattern.exec(text)?.[1];

/** Files that name a version. */
const FILES: readonly (readonly [string, Toolchain["program"], (text: string) => string | undefined])[] = [
  [".nvmrc", "node", first(/^\s*v?(\S+)/)],
  [".node-version", "node", first(/^\s*v?(\S+)/)],
  [".python-version", "python3", first(/^\s*(\d\S*)/)],
  [".ruby-version", "ruby", first(/^\s*(?:ruby-)?(\d\S*)/)],
  ["go.mod", "go", (text) => first(/^toolchain\s+go(\S+)/m)(text) ?? first(/^go\s+(\S+)/m)(text)],
  ["rust-toolchain.toml", "rustc", first(/^channel\s*=\s*["']([^"']+)/m)],
  ["rust-toolchain", "rustc", first(/^(?:\[toolchain\]\s*channel\s*=\s*["'])?([\w.-]+)/m)],
  [".java-version", "java", first(/^\s*(\d\S*)/)],
  ["global.json", "dotnet", first(/"version"\s*:\s*"([^"]+)"/)],
  ["package.json", "node", first(/"engines"\s*:\s*\{[^}]*"node"\s*:\s*"([^"]+)"/)],
];

/** Files with several tools, one a line: asdf's and mise's. */
const TOOL_LISTS = [".tool-versions", "mise.toml", ".mise.toml"];
const TOOL_NAMES: Readonly<Record<string, Toolchain["program"]>> = {
  nodejs: "node",
  node: "node",
  python: "python3",
  golang: "go",
  go: "go",
  java: "java",
  ruby: "ruby",
  dotnet: "dotnet",
  rust: "rustc",
  php: "php",
  elixir: "elixir",
};

/** Toolchains by program: CI's word first, then the files that tools read, in their order. */
export async function findToolchains(files: BaseFiles, jobs: readonly CiJob[]): Promise<Toolchain[]> {
  const ofJobs = jobs.flatMap((job) =>
    job.steps.flatMap(({ uses, inputs }): Toolchain[] => {
      const [, program, input = ""] =
        ACTIONS.find(([action]) => uses !== undefined && action.test(uses)) ?? [];
      if (program === undefined || uses === undefined) return [];
      return [{ program, version: inputs[input], source: `${job.file}, job ${job.id}`, action: uses }];
    }),
  );
  const has = new Set(files.paths);
  const ofFiles: Toolchain[] = [];
  for (const [source, program, read] of FILES) {
    const version = has.has(source) ? read((await files.read(source)) ?? "") : undefined;
    if (version !== undefined) ofFiles.push({ program, version, source });
  }
  for (const source of TOOL_LISTS)
    if (has.has(source)) ofFiles.push(...readToolList((await files.read(source)) ?? "", source));
  const found = new Map<string, Toolchain>();
  for (const each of [...ofJobs, ...ofFiles]) {
    const known = found.get(each.program);
    if (known === undefined || (known.version === undefined && each.version !== undefined))
      found.set(each.program, { ...each, ...(known?.action === undefined ? {} : { action: known.action }) });
  }
  return [...found.values()];
}

const readToolList = (text: string, source: string): Toolchain[] =>
  [...text.matchAll(/^\s*"?(\w+)"?(?:\s*=\s*|\s+)["'[\s]*([\d][\w.-]*)/gm)].flatMap(
    ([, name = "", version]) => {
      const program = TOOL_NAMES[name];
      return program === undefined || version === undefined ? [] : [{ program, version, source }];
    },
  );
