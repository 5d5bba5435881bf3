import type { BaseFiles } from "../base-files.ts";
import { installByPip, makePart, type NeededTool, type Part } from "../part.ts";
import { listNeeds } from "../parts/javascript.ts";
import { describePython } from "../parts/python.ts";
import type { Values } from "./fill-in.ts";
import type { CiTests } from "./find-ci-tests.ts";
import type { CiLine } from "./read-script.ts";

/** Lines that install what a project names. */
const INSTALLS =
  /\b(npm (ci|i|install)|(pnpm|yarn|bun) (i|install)|yarn$|pip3? install|uv sync|poetry install|pipenv (install|sync)|pdm (install|sync)|bundle install|bundle$|composer (install|update)|dotnet restore|mix deps\.get|pub get|deno install)\b/;

/**
 * The parts, with the commands of CI where it has some for their language and folder; what CI tests beside them becomes
 * its own part.
 */
export async function joinCiTests(
  parts: readonly Part[],
  tests: readonly CiTests[],
  files: BaseFiles,
): Promise<Part[]> {
  const joined = [...parts];
  for (const ci of tests) {
    const at = joined.findIndex(
      (part) =>
        part.folder === ci.folder &&
        (ci.language === undefined || part.language === undefined || part.language === ci.language),
    );
    const before = joined[at] ?? (await makeOwnPart(ci, files));
    const part = joinOne(before, ci);
    if (at < 0) joined.push(part);
    else joined[at] = part;
  }
  return joined;
}

async function makeOwnPart(ci: CiTests, files: BaseFiles): Promise<Part> {
  const base = { folder: ci.folder, language: ci.language, source: ci.job.file };
  if (ci.language !== "Python") return makePart({ ...base, fetches: true });
  return { ...(await describePython(ci.folder, files, "python -m pytest")), source: ci.job.file };
}

function joinOne(part: Part, ci: CiTests): Part {
  const own = ci.setup.filter((line) => concerns(line, part));
  const isInstalled = own.some(({ command }) => INSTALLS.test(command));
  const lines = own.map((line) => inFolder(line, part.folder));
  const setup = isInstalled ? lines : [...(part.setup === undefined ? [] : [part.setup]), ...lines];
  const { setups, test } = tellRunners(ci.tests.map((line) => inFolder(line, part.folder)));
  const all = [...setup, ...setups];
  return {
    ...part,
    setup: all.length === 0 ? undefined : all.join("\n"),
    test: test.join("\n"),
    covers: ci.covers ?? part.covers,
    needs: mergeNeeds(part.needs, needsOfCommands([...all, ...test])),
    variables: { ...part.variables, ...plainOnes(ci.variables) },
    source: `${ci.job.file}, job ${ci.job.id}`,
  };
}

/** A line of another language's package manager is another part's. */
function concerns({ command, folder }: CiLine, part: Part): boolean {
  const isFor = (language: Part["language"], words: RegExp) =>
    part.language === undefined || part.language === language || !words.test(command);
  const isNear =
    part.folder === folder || part.folder === "" || folder === "" || part.folder.startsWith(`${folder}/`);
  return (
    isNear &&
    isFor("JavaScript", /^(npm|npx|pnpm|yarn|bun)\b/) &&
    isFor("Python", /^(python3?|pip3?|uv|poetry|pipenv|pdm)\b/) &&
    isFor("Ruby", /^(bundle|bin\/rails|rails|rake)\b/) &&
    isFor("PHP", /^composer\b/) &&
    isFor("Go", /^go\b/) &&
    isFor("Rust", /^cargo\b/)
  );
}

const inFolder = ({ folder, command }: CiLine, here: string): string => {
  if (folder === here) return command;
  const up =
    here === ""
      ? ""
      : here
          .split("/")
          .map(() => "../")
          .join("");
  return `(cd ${up}${folder === "" ? "." : folder} && ${command})`;
};

/** tox and nox make their environments before the tests, which have no network. */
function tellRunners(tests: readonly string[]): { setups: string[]; test: string[] } {
  const setups: string[] = [];
  const test = tests.map((command) => {
    const [, runner] = /^(?:uv run |uvx |pipx run |python3? -m )?(tox|nox)\b/.exec(command) ?? [];
    if (runner === undefined) return command;
    // The environment of the machine's own version, whatever CI's machine has.
    const own = command.replace(/\bpy3\d*(?=[\s,-]|$)/g, "py");
    setups.push(runner === "tox" ? `${own} --notest` : `${command} --install-only`);
    return runner === "tox"
      ? `${own} --skip-pkg-install`
      : `${command} --no-install --reuse-existing-virtualenvs`;
  });
  return { setups, test };
}

/** Variables that the sandbox or the runner decides about. */
const DECIDED =
  /^(PATH|HOME|TMPDIR|SHELL|USER|LD_\w+|DYLD_\w+|UV_SYSTEM_PYTHON|UV_PYTHON|VIRTUAL_ENV|PYTHONHOME|BASH\w*|SHELLOPTS|ENV|IFS|PS4|CI|PATCHPILOT_\w+|(GITHUB|RUNNER|ACTIONS|INPUT)_\w*|(https?|all|no)_proxy|DOCKER_HOST|SSH_\w+|GIT_\w+)$/i;

export const isDecided = (name: string): boolean => DECIDED.test(name) || !/^[A-Za-z_]\w*$/.test(name);

/** `CI` itself is set for every command. */
const plainOnes = (variables: Values): Values =>
  Object.fromEntries(Object.entries(variables).filter(([name, value]) => !isDecided(name) && value !== ""));

const PROGRAM = /(?:^|&& |\n|\()\s*(?:\w+=\S+ )*(pnpm|yarn|bun|uvx?|poetry|pipenv|pdm|tox|nox|hatch)\b/g;

function needsOfCommands(commands: readonly string[]): NeededTool[] {
  const named = new Set(
    [...commands.join("\n").matchAll(PROGRAM)].map(([, name = ""]) => (name === "uvx" ? "uv" : name)),
  );
  return [...named].flatMap((name) =>
    name === "pnpm" || name === "yarn" || name === "bun"
      ? listNeeds({ name, version: undefined })
      : [{ program: name, install: installByPip(name) }],
  );
}

/** The part's own way to a program counts for more: it knows the version. */
const mergeNeeds = (own: readonly NeededTool[], more: readonly NeededTool[]): NeededTool[] => [
  ...own,
  ...more.filter(({ program }) => !own.some((need) => need.program === program)),
];
