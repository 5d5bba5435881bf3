import type { Part } from "@patchpilot/project";
import { makeBashCommand } from "../sandbox/sandbox.ts";
import type { CommandRunner } from "./command-runner.ts";
import type { RepairEnding } from "./journal.ts";
import { keepParts, type ProjectChecks } from "./read-project-checks.ts";
import { endAs, type RepairStep, say } from "./step.ts";

/** What can be tested on this machine, or why nothing can. */
export type Testable = { readonly project: ProjectChecks; readonly ending?: RepairEnding };

/** Programs by name: their version, or undefined where they are not there. */
type Programs = ReadonlyMap<string, string | undefined>;

/** Leaves out the parts whose programs are not there and cannot be brought. */
export async function leaveOutUntestable(
  step: RepairStep,
  commands: CommandRunner,
  project: ProjectChecks,
  sandbox: string,
): Promise<Testable> {
  const { parts } = project.model;
  const isFixed = (need: Part["needs"][number]) => need.install === undefined || sandbox === "docker";
  const programs = await probe(
    commands,
    [...new Set(parts.flatMap(({ needs }) => needs.filter(isFixed).map(({ program }) => program)))],
    project,
  );
  for (const sentence of tellVersions(project, programs)) {
    step.journal.note(sentence);
    say(step, sentence);
  }
  const lacking = (part: Part) =>
    part.needs
      .filter(isFixed)
      .map(({ program }) => program)
      .filter((program) => programs.has(program) && programs.get(program) === undefined);
  const without = parts.filter((part) => lacking(part).length > 0);
  if (without.length === 0) return { project };
  const sentences = [...new Set(without.map((part) => describeLack(part, lacking(part), project)))];
  const kept = keepParts(project, (part) => !without.includes(part));
  const hadTests = parts.some(({ test }) => test !== undefined);
  if (hadTests && !kept.model.parts.some(({ test }) => test !== undefined))
    return { project: kept, ending: endAs("failed", sentences.join(" ")) };
  for (const sentence of sentences) {
    step.journal.note(sentence);
    say(step, sentence);
  }
  return { project: kept };
}

/** What says its version, and how. */
const VERSIONS: Readonly<Record<string, string>> = {
  node: "node --version",
  python3: "python3 --version",
  go: "go version",
  ruby: "ruby --version",
  dotnet: "dotnet --version",
  rustc: "rustc --version",
};

async function probe(
  commands: CommandRunner,
  names: readonly string[],
  { model }: ProjectChecks,
): Promise<Programs> {
  const wanted = model.toolchains
    .filter(({ version }) => version !== undefined)
    .map(({ program }) => program);
  const versions = wanted.filter(
    (program) => VERSIONS[program] !== undefined && isUsed(program, model.parts),
  );
  if (names.length === 0 && versions.length === 0) return new Map();
  const lines = [
    ...names.map(
      (name) => `command -v ${name} >/dev/null 2>&1 && echo "has ${name}" || echo "lacks ${name}"`,
    ),
    ...versions.map((name) => `echo "version ${name} $(${VERSIONS[name]} 2>/dev/null | head -n 1)"`),
  ];
  const { stdout } = await commands.run(
    "Look for what the project needs",
    makeBashCommand(lines.join("\n")),
    "setup",
  );
  const found = new Map<string, string | undefined>();
  for (const line of stdout.split("\n")) {
    const [, word, name = "", rest = ""] = /^(has|lacks|version) (\S+) ?(.*)$/.exec(line) ?? [];
    if (word === "lacks") found.set(name, undefined);
    if (word === "has") found.set(name, found.get(name) ?? "");
    if (word === "version" && rest !== "") found.set(name, /\d+(\.\d+)*/.exec(rest)?.[0] ?? "");
  }
  return found;
}

/** The toolchain that a program belongs to. */
const TOOLCHAINS: Readonly<Record<string, string>> = {
  npm: "node",
  cargo: "rustc",
  mvn: "java",
  gradle: "java",
  bundle: "ruby",
  composer: "php",
  mix: "elixir",
};

const isUsed = (toolchain: string, parts: readonly Part[]): boolean =>
  parts.some(({ needs }) => needs.some(({ program }) => (TOOLCHAINS[program] ?? program) === toolchain));

function describeLack(part: Part, programs: readonly string[], { model }: ProjectChecks): string {
  const [first = ""] = programs;
  const known = model.toolchains.find(({ program }) => program === (TOOLCHAINS[first] ?? first));
  const remedy =
    known?.action === undefined
      ? "Install it in a step of the job before this one, or take a runner that has it"
      : `CI brings it with \`${known.action}\`: put the same step before this one`;
  const where = part.folder === "" ? "" : ` in ${part.folder}`;
  return `There is no ${programs.map((name) => `\`${name}\``).join(", ")} here, so ${part.language ?? "what is"}${where} cannot be tested. ${remedy}.`;
}

/** Versions of the machine that are plainly others than those of the project. */
const tellVersions = ({ model }: ProjectChecks, programs: Programs): string[] =>
  model.toolchains.flatMap(({ program, version, source }) => {
    const here = programs.get(program);
    if (version === undefined || !here || !/^v?\d+(\.\d+)*(\.x)?$/.test(version)) return [];
    const digits = program === "node" || program === "dotnet" || program === "java" ? 1 : 2;
    const cut = (text: string) => text.replace(/^v/, "").split(".").slice(0, digits).join(".");
    const isSame = cut(here) === cut(version) || cut(here).startsWith(`${cut(version)}.`);
    return isSame ? [] : [`${source} says ${program} ${version}; this machine has ${here}.`];
  });
