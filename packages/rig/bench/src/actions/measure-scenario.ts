import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type ActionProcess,
  type Mode,
  type ProcessFigures,
  runActionProcess,
} from "./run-action-process.ts";
import type { BenchScenario } from "./scenario.ts";
import { type BenchStage, eachProvider, openStage, type Provider } from "./stage.ts";

/** What a scenario took, from its first run to the last. */
export type ScenarioMeasurement = {
  readonly scenario: string;
  readonly mode: Mode;
  readonly latencyMs: number;
  /** How often its actions were run: paced writes may outlast one run's budget, and the next run goes on. */
  readonly runs: number;
  readonly requests: Readonly<Record<Provider, number>>;
  /** How often each operation was asked, by provider. */
  readonly operations: Readonly<Record<Provider, Readonly<Record<string, number>>>>;
  /** Sum over the scenario's actions. */
  readonly wallMs: number;
  /** Of it, while a simulator was at work. */
  readonly answeredMs: number;
  /** Of the action that took most. */
  readonly peakBytes: number;
};

const QUARTER = 15 * 60_000;
/** More runs than any scenario may need. */
const MOST_RUNS = 3;

/**
 * Sets a world up, runs the scenario's actions in it and counts what they asked.
 * @throws Error where the last run fails or leaves work undone, or the real services would not know a request
 */
export async function measureScenario(
  scenario: BenchScenario,
  mode: Mode,
  latencyMs: number,
): Promise<ScenarioMeasurement> {
  const stage = await openStage(latencyMs);
  const folder = mkdtempSync(join(tmpdir(), "bench-"));
  try {
    const work = await scenario.prepare(stage);
    const inputs = scenario.inputs(stage);
    const { rehearsals = 0 } = scenario;
    for (let runId = 1; runId <= rehearsals; runId += 1) {
      await runJob(mode, scenario.actions, stage, { folder, runId, inputs, work });
      stage.clock.advance(QUARTER);
    }
    work.begin?.();
    stage.forget();
    const runs: ProcessFigures[] = [];
    do {
      const job = { folder, runId: rehearsals + runs.length + 1, inputs, work };
      runs.push(await runJob(mode, scenario.actions, stage, job));
    } while (mode === "bundle" && runs.length < MOST_RUNS && work.leftUndone() !== undefined);
    refuseWorthless(scenario, runs, stage.violations(), work.leftUndone());
    const asked = stage.asked();
    return {
      scenario: scenario.name,
      mode,
      latencyMs,
      runs: runs.length,
      requests: eachProvider((provider) => asked[provider].length),
      operations: eachProvider((provider) => countEach(asked[provider])),
      wallMs: runs.reduce((sum, run) => sum + run.wallMs, 0),
      answeredMs: stage.answeredMs(),
      peakBytes: Math.max(...runs.map((run) => run.peakBytes)),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await stage.close();
  }
}

async function runJob(
  mode: Mode,
  actions: readonly string[],
  stage: BenchStage,
  job: ActionProcess,
): Promise<ProcessFigures> {
  const ended: ProcessFigures[] = [];
  for (const action of actions) ended.push(await runActionProcess(mode, action, stage, job));
  return {
    wallMs: ended.reduce((sum, { wallMs }) => sum + wallMs, 0),
    peakBytes: Math.max(...ended.map(({ peakBytes }) => peakBytes)),
    failure: ended.find(({ failure }) => failure !== undefined)?.failure,
  };
}

/** Figures of work that was not done would mean nothing. */
function refuseWorthless(
  { name }: BenchScenario,
  runs: readonly ProcessFigures[],
  violations: readonly string[],
  undone: string | undefined,
): void {
  const failure = runs.at(-1)?.failure;
  if (failure !== undefined) throw new Error(`"${name}" failed: ${failure}`);
  if (undone !== undefined) throw new Error(`"${name}" was not done: ${undone}`);
  if (violations.length > 0)
    throw new Error(`"${name}" asked what the real services do not know:\n${violations.join("\n")}`);
}

function countEach(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}
