import type { BaseFiles } from "../base-files.ts";
import { findCoveredLanguages } from "../covered-languages.ts";
import type { TestedLanguage } from "../languages.ts";
import { isNamedTests } from "../runners.ts";
import { classifyLine } from "./classify-line.ts";
import { mayRun, type Values } from "./fill-in.ts";
import { type CiJob, type CiStep, isWorkflow, readJobs } from "./read-jobs.ts";
import { type CiLine, readScript } from "./read-script.ts";

/** What one job of CI does to test one language. */
export type CiTests = {
  readonly job: CiJob;
  readonly language: TestedLanguage | undefined;
  readonly folder: string;
  /** What it installs and builds before. */
  readonly setup: readonly CiLine[];
  readonly tests: readonly CiLine[];
  readonly covers: ReadonlySet<TestedLanguage> | undefined;
  readonly variables: Values;
};

/** A job that tests something, before it is chosen. */
export type TestingJob = {
  readonly job: CiJob;
  readonly rank: number;
  readonly found: readonly CiTests[];
  /** What it does beside, that nothing here can do: packages of the system, containers. */
  readonly system: readonly string[];
};

/** Most workflow files and bytes that are read. */
const MOST = { files: 40, bytes: 200_000 };

/** The jobs of the repository's workflows that run tests, in the order of files and jobs. */
export async function findTestingJobs(files: BaseFiles): Promise<TestingJob[]> {
  const paths = files.paths.filter(isWorkflow).sort().slice(0, MOST.files);
  const jobs = (
    await Promise.all(
      paths.map(async (path) => readJobs(path, ((await files.read(path)) ?? "").slice(0, MOST.bytes))),
    )
  ).flat();
  const testing: TestingJob[] = [];
  for (const job of jobs) {
    const rank = rankJob(job);
    if (rank === undefined) continue;
    const { found, system } = await readTests(job, files);
    if (found.length > 0) testing.push({ job, rank, found, system });
  }
  return testing;
}

const TESTS = /\b(tests?|units?|specs?|pytest|jest|vitest|rspec|phpunit)\b/i;
const CI = /\b(ci|checks?|build|main|continuous integration|pull[ -]?request|pr)\b/i;
const ASIDE =
  /\b(e2e|end[- ]to[- ]end|integration|smoke|nightly|bench\w*|perf\w*|lint\w*|docs?|release|publish|deploy\w*|canary|browsers?|windows|macos|compat\w*|min(imum|imal)?|oldest|lowest|legacy|downstream|examples?|fuzz\w*|msrv|beta|canary|wasm|mutation|audit|security|codeql|typos|format|style|dependabot|sanitizers?|miri)\b/i;

/**
 * How surely a job is "the tests": it runs for pull requests (4) or pushes (2), its name says tests (3) or its
 * workflow's does (1), or says CI (1); a name that says something beside them costs 4, its own image 1.
 * @returns undefined: it is none of a pull request on Linux, or one of several machines that share the tests
 */
function rankJob(job: CiJob): number | undefined {
  const known = prefixed(job);
  const wanted = job.events.includes("pull_request") || job.events.includes("merge_group");
  const pushed = job.events.includes("push") || job.events.includes("pull_request_target");
  if ((!wanted && !pushed && !job.events.includes("workflow_call")) || job.isDivided) return undefined;
  if (!mayRun(job.condition, known) || /\b(windows|macos)\b/i.test(job.runsOn)) return undefined;
  const words = `${job.id} ${job.name}`.replace(/[-_/]/g, " ");
  const file = `${job.workflow} ${job.file.replace(/^.*\/|\.\w+$/g, "")}`.replace(/[-_/]/g, " ");
  return (
    (wanted ? 4 : 2) +
    (TESTS.test(words) ? 3 : CI.test(words) ? 1 : 0) +
    (TESTS.test(file) || CI.test(file) ? 1 : 0) -
    (ASIDE.test(words) ? 4 : 0) -
    (ASIDE.test(file) ? 4 : 0) -
    (job.inImage ? 1 : 0)
  );
}

const prefixed = ({ matrix, variables }: CiJob): Values => ({
  ...Object.fromEntries(Object.entries(matrix).map(([name, value]) => [`matrix.${name}`, value])),
  ...Object.fromEntries(Object.entries(variables).map(([name, value]) => [`env.${name}`, value])),
});

type Line = CiLine & { readonly kind: ReturnType<typeof classifyLine>; readonly step: CiStep };

async function readTests(job: CiJob, files: BaseFiles): Promise<Pick<TestingJob, "found" | "system">> {
  const lines: Line[] = job.steps
    .filter((step) => mayRun(step.condition, prefixed(job)))
    .flatMap((step) =>
      readScript(step.run ?? "", step.folder).map((line) => ({
        ...line,
        step,
        kind: classifyLine(line.command),
      })),
    );
  const covered = new Map<Line, ReadonlySet<TestedLanguage> | undefined>();
  for (const line of lines.filter(({ kind }) => kind === "test")) {
    const covers = await findCoveredLanguages(line.command, line.folder, files);
    // `check` and `ci` are names of anything: tests are behind them only if a runner is.
    if (covers !== undefined || isNamedTests(line.command)) covered.set(line, covers);
  }
  const first = lines.findIndex((line) => covered.has(line));
  if (first < 0) return { found: [], system: [] };
  const before = lines.slice(0, first);
  const setup = before
    .filter(({ kind }) => kind === "setup")
    .map(({ folder, command }) => ({ folder, command }));
  const groups = new Map<string, CiTests>();
  for (const [line, covers] of covered) {
    const language = covers === undefined ? languageByCaller(line.command) : [...covers][0];
    const key = `${line.folder}\0${language ?? ""}`;
    const group = groups.get(key);
    const own = { folder: line.folder, command: line.command };
    groups.set(key, {
      job,
      language,
      folder: line.folder,
      setup,
      tests: [...(group?.tests ?? []), own],
      covers: merge(group?.covers, covers ?? (language && new Set([language]))),
      variables: { ...job.variables, ...group?.variables, ...line.step.variables },
    });
  }
  return {
    found: [...groups.values()],
    system: before.filter(({ kind }) => kind === "system").map(({ command }) => command),
  };
}

const merge = <T>(one: ReadonlySet<T> | undefined, other: ReadonlySet<T> | undefined) =>
  one === undefined || other === undefined ? (one ?? other) : new Set([...one, ...other]);

/** A script of a package is the package's language, whatever it calls. */
const languageByCaller = (command: string): TestedLanguage | undefined =>
  /^(\w+=\S+ )*(npm|npx|pnpm|yarn|bun)\b/.test(command)
    ? "JavaScript"
    : /^(\w+=\S+ )*composer\b/.test(command)
      ? "PHP"
      : undefined;

/** The tests of each language in each folder, and where it is not sure which job's they are. */
export type ChosenTests = {
  readonly tests: readonly CiTests[];
  readonly doubts: readonly string[];
  readonly jobs: readonly TestingJob[];
};

/**
 * For each language the job of the highest rank; of equal ones the first, with a sentence where they differ in what
 * they run. Jobs whose names say something beside the tests are taken only if there is no other.
 */
export function chooseTests(testing: readonly TestingJob[]): ChosenTests {
  const languages = new Set(testing.flatMap(({ found }) => found.map(({ language }) => language)));
  const tests: CiTests[] = [];
  const doubts: string[] = [];
  const jobs = new Set<TestingJob>();
  for (const language of languages) {
    const having = testing.filter(({ found }) => found.some((each) => each.language === language));
    const best = Math.max(...having.map(({ rank }) => rank));
    const [chosen, ...others] = having.filter(({ rank }) => rank === best);
    if (chosen === undefined || best < 2) continue;
    jobs.add(chosen);
    const own = chosen.found.filter((each) => each.language === language);
    tests.push(...own);
    const said = tellCommands(own);
    const different = others.filter(
      ({ found }) => tellCommands(found.filter((each) => each.language === language)) !== said,
    );
    // Others that test other folders are theirs.
    const elsewhere = different.flatMap(({ found }) =>
      found.filter((each) => each.language === language && !own.some(({ folder }) => folder === each.folder)),
    );
    tests.push(...elsewhere);
    const rivals = different.filter(({ found }) =>
      found.some((each) => each.language === language && !elsewhere.includes(each)),
    );
    if (rivals.length > 0)
      doubts.push(
        `Several jobs of CI test ${language ?? "this repository"}: ${[chosen, ...rivals].map(({ job }) => `\`${job.id}\``).join(", ")}. \`${chosen.job.id}\` in ${chosen.job.file} is taken; name another command in \`test-command\`.`,
      );
  }
  return { tests, doubts, jobs: [...jobs] };
}

const tellCommands = (found: readonly CiTests[]): string =>
  found.flatMap(({ tests }) => tests.map(({ folder, command }) => `${folder}: ${command}`)).join("\n");
