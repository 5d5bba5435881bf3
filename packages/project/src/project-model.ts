import type { BaseFiles } from "./base-files.ts";
import { type CiTests, chooseTests, findTestingJobs, type TestingJob } from "./ci/find-ci-tests.ts";
import { joinCiTests } from "./ci/join-ci-tests.ts";
import type { CiService } from "./ci/read-jobs.ts";
import { findParts } from "./find-parts.ts";
import { makePart, NO_PLACES, type Part } from "./part.ts";
import { findToolchains, type Toolchain } from "./toolchains.ts";

/** How a repository is set up and tested, as its own files say. */
export type ProjectModel = {
  readonly parts: readonly Part[];
  /** What its CI starts beside the tests. */
  readonly services: readonly CiService[];
  /** Versions that its CI or its files name, and the action that brings them. */
  readonly toolchains: readonly Toolchain[];
  /** Why it needs tags or the whole history. */
  readonly needsHistory: string | undefined;
  /** What is not sure, or cannot be done here: sentences. */
  readonly remarks: readonly string[];
};

/** Given commands; they count for more than all files. */
export type NamedCommands = { readonly setup: string | undefined; readonly test: string | undefined };

/**
 * Reads how the base commit is set up and tested: by its CI workflows, then by `packageManager`, then by lockfiles and
 * manifests.
 */
export async function readProjectModel(
  files: BaseFiles,
  given: NamedCommands = { setup: undefined, test: undefined },
): Promise<ProjectModel> {
  const { parts, chosen } = await readParts(files, given);
  const toolchains = await findToolchains(
    files,
    chosen.jobs.map(({ job }) => job),
  );
  return {
    parts,
    services: chosen.jobs.flatMap(({ job }) => job.services),
    toolchains,
    needsHistory: await findNeedOfHistory(files, chosen.jobs, [given.setup, given.test]),
    remarks: [...chosen.doubts, ...describeSystem(chosen.jobs, chosen.tests)],
  };
}

/** The parts alone, for who wants to know what is run and not where. */
export const readProjectParts = async (files: BaseFiles, given: NamedCommands): Promise<readonly Part[]> =>
  (await readParts(files, given)).parts;

async function readParts(files: BaseFiles, given: NamedCommands) {
  const found = await findParts(files);
  const chosen = chooseTests(given.test === undefined ? await findTestingJobs(files) : []);
  return { parts: obeyPerson(await joinCiTests(found, chosen.tests, files), given), chosen };
}

/** A given test command tests everything; without a given setup, what the files at the top say is installed. */
function obeyPerson(found: readonly Part[], { setup, test }: NamedCommands): Part[] {
  const parts = setup === undefined ? found : found.map(withoutSetup);
  if (test !== undefined)
    return [...parts.filter(({ folder }) => folder === "").map(withoutTest), personsPart(parts, setup, test)];
  if (setup === undefined) return [...parts];
  const [first = makePart({ folder: "", language: undefined, source: "setup-command" }), ...rest] = parts;
  return [{ ...first, setup: setupAt(first.folder, setup) }, ...rest];
}

const withoutTest = (part: Part): Part => ({ ...part, test: undefined });

/** A given setup brings everything, to the places that its tools choose by themselves. */
function withoutSetup({ prepare: _, ...part }: Part): Part {
  const { UV_NO_SYNC: __, ...variables } = part.variables;
  return { ...part, setup: undefined, needs: [], fetches: false, places: NO_PLACES, variables };
}

/** What the given command calls finds the tools of the parts at the top. */
function personsPart(parts: readonly Part[], setup: string | undefined, test: string): Part {
  const top = parts.filter(({ folder }) => folder === "");
  return makePart({
    folder: "",
    language: undefined,
    source: "test-command",
    setup,
    test,
    places: {
      path: top.flatMap(({ places }) => places.path),
      variables: Object.assign({}, ...top.map(({ places }) => places.variables)),
    },
    variables: Object.assign({}, ...top.map(({ variables }) => variables)),
  });
}

/** A given command runs at the top, whatever part it is run for. */
const setupAt = (folder: string, setup: string | undefined): string | undefined =>
  setup === undefined || folder === ""
    ? setup
    : `cd ${folder
        .split("/")
        .map(() => "..")
        .join("/")} && ${setup}`;

const VERSION_BY_TAG =
  /setuptools[_-]scm|hatch-vcs|versioningit|poetry-dynamic-versioning|pbr\b|versioneer|dunamai/;

async function findNeedOfHistory(
  files: BaseFiles,
  jobs: readonly TestingJob[],
  given: readonly (string | undefined)[],
): Promise<string | undefined> {
  const command = given.find(
    (each) => each !== undefined && /\bgit (describe|log|tag|rev-list)\b/.test(each),
  );
  if (command !== undefined) return `\`${command}\` asks git for tags or history`;
  const deep = jobs.find(({ job }) =>
    job.steps.some(
      ({ uses, inputs }) =>
        uses?.startsWith("actions/checkout@") &&
        (inputs["fetch-depth"] === "0" || inputs["fetch-tags"] === "true"),
    ),
  );
  if (deep !== undefined)
    return `the job \`${deep.job.id}\` in ${deep.job.file} checks out with tags or the whole history`;
  const named = files.paths.includes("pyproject.toml")
    ? VERSION_BY_TAG.exec((await files.read("pyproject.toml")) ?? "")?.[0]
    : undefined;
  return named && `pyproject.toml takes its version from tags, by ${named}`;
}

/** What the chosen jobs do that nothing inside the sandbox can. */
function describeSystem(jobs: readonly TestingJob[], tests: readonly CiTests[]): string[] {
  return jobs.flatMap(({ job, system }) => {
    const packages = system.filter((command) =>
      /\b(apt(-get)?|apk|yum|dnf|brew)\b.*\binstall\b/.test(command),
    );
    const containers = system.filter((command) =>
      /^(sudo )?(docker|docker-compose|podman|systemctl|service)\b/.test(command),
    );
    const isChosen = tests.some((each) => each.job === job);
    if (!isChosen) return [];
    return [
      ...packages.map(
        (command) =>
          `CI runs \`${command}\` before its tests, which nothing can inside the sandbox: run it in a step of the job before this one if the tests need it.`,
      ),
      ...containers.map(
        (command) =>
          `CI runs \`${command}\` before its tests: run it in a step of the job before this one, and name its ports in \`services\`.`,
      ),
    ];
  });
}
