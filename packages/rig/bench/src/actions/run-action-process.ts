import { spawn } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { inputVariable } from "@patchpilot/action-kit/contract";
import { loadContract } from "@patchpilot/build/load-contract";
import { REPOSITORY } from "@patchpilot/build/repository";
import type { Work } from "./scenario.ts";
import { BENCH_NAMES, type BenchStage } from "./stage.ts";

/** `bundle`: what users run. `unpaced`: the same action from its sources, whose writes do not wait for tokens. */
export type Mode = "bundle" | "unpaced";

export type ProcessFigures = {
  /** A bundle: from the start of its process to its end. Unpaced: from reading inputs to writing outputs. */
  readonly wallMs: number;
  readonly peakBytes: number;
  /** What the action said where it did not end green. */
  readonly failure: string | undefined;
};

/** What the actions of one job share. */
export type ActionProcess = {
  /** The runner's temporary folder. */
  readonly folder: string;
  readonly runId: number;
  readonly inputs: Readonly<Record<string, string>>;
  readonly work: Work;
};

/** Runs one action as a runner does, in a process that sees nothing of this machine's environment. */
export async function runActionProcess(
  mode: Mode,
  action: string,
  stage: BenchStage,
  job: ActionProcess,
): Promise<ProcessFigures> {
  const figures = join(job.folder, `figures-${action}.json`);
  const inputs = await pickInputs(action, stage, job);
  const environment = { ...makeEnvironment(stage, job), ...inputs, BENCH_FIGURES: figures };
  const { wallMs, code, said } = await runNode(nodeArguments(mode, action), environment);
  const failure = code === 0 ? undefined : `${action} (${mode}) ended with ${code}. It said:\n${said}`;
  if (!existsSync(figures)) throw new Error(failure ?? `${action} (${mode}) left no figures.`);
  return { wallMs, failure, ...(JSON.parse(readFileSync(figures, "utf8")) as { peakBytes: number }) };
}

const here = (name: string): string => new URL(name, import.meta.url).href;

function nodeArguments(mode: Mode, action: string): string[] {
  const watch = ["--import", here("note-memory.mjs")];
  if (mode === "unpaced")
    return ["--conditions=source", ...watch, new URL(here("run-unpaced.ts")).pathname, action];
  const bundle = join(REPOSITORY, "actions", action, "dist", "index.js");
  if (!existsSync(bundle)) throw new Error(`There is no bundle of ${action}. Run \`npm run build\` first.`);
  return [...watch, bundle];
}

/** The job's inputs that the action has, as its `with:` would give them: it refuses those that it does not know. */
async function pickInputs(
  action: string,
  stage: BenchStage,
  { inputs }: ActionProcess,
): Promise<Record<string, string>> {
  const contract = await loadContract(join(REPOSITORY, "actions", action));
  const given = { "github-token": stage.githubToken, "state-key": BENCH_NAMES.stateKey, ...inputs };
  const known = Object.entries(given).filter(([name]) => Object.hasOwn(contract.inputs.shape, name));
  return Object.fromEntries(known.map(([name, value]) => [inputVariable(name), value]));
}

/** The environment that a runner gives. */
function makeEnvironment(stage: BenchStage, { folder, runId, work }: ActionProcess): Record<string, string> {
  const { event = { name: "schedule", payload: {} } } = work;
  const file = (name: string, text = ""): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  return {
    GITHUB_API_URL: stage.urls.github,
    GITHUB_GRAPHQL_URL: `${stage.urls.github}/graphql`,
    GITHUB_SERVER_URL: "https://github.com",
    GITHUB_ACTOR: "github-actions[bot]",
    GITHUB_EVENT_NAME: event.name,
    GITHUB_EVENT_PATH: file("event.json", JSON.stringify(event.payload)),
    GITHUB_OUTPUT: file("output"),
    GITHUB_STEP_SUMMARY: file("summary.md"),
    GITHUB_REPOSITORY: BENCH_NAMES.repository,
    GITHUB_REPOSITORY_ID: String(BENCH_NAMES.repositoryId),
    GITHUB_RUN_ID: String(9_000 + runId),
    GITHUB_RUN_ATTEMPT: "1",
    GITHUB_WORKSPACE: folder,
    RUNNER_TEMP: folder,
  };
}

type Ended = { readonly wallMs: number; readonly code: number | null; readonly said: string };

function runNode(script: readonly string[], environment: Record<string, string>): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const begun = performance.now();
    const child = spawn(process.execPath, script, { env: environment, stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    const listenTo = (chunk: Buffer) => {
      said = `${said}${chunk}`.slice(-4_000);
    };
    child.stdout.on("data", listenTo);
    child.stderr.on("data", listenTo);
    child.on("error", reject);
    child.on("close", (code) => resolve({ wallMs: performance.now() - begun, code, said }));
  });
}
