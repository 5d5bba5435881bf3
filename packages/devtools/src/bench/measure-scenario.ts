import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Mode, runActionProcess } from "./run-action-process.ts";
import type { Scenario } from "./scenario.ts";
import { eachProvider, openStage, type Provider } from "./stage.ts";

/** What one run of a scenario took. */
export type Measurement = {
  readonly scenario: string;
  readonly mode: Mode;
  readonly latencyMs: number;
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

/**
 * Sets a world up, runs the scenario's actions in it and counts what they asked.
 * @throws Error where an action fails, leaves work undone, or asks what the real services do not know
 */
export async function measureScenario(
  scenario: Scenario,
  mode: Mode,
  latencyMs: number,
): Promise<Measurement> {
  const stage = await openStage(latencyMs);
  const folder = mkdtempSync(join(tmpdir(), "bench-"));
  try {
    const work = scenario.prepare(stage);
    const job = { folder, inputs: scenario.inputs(stage), work };
    stage.forget();
    let [wallMs, peakBytes] = [0, 0];
    for (const action of scenario.actions) {
      const figures = await runActionProcess(mode, action, stage, job);
      wallMs += figures.wallMs;
      peakBytes = Math.max(peakBytes, figures.peakBytes);
    }
    refuseWorthless(scenario, stage.violations(), work.leftUndone());
    const asked = stage.asked();
    return {
      scenario: scenario.name,
      mode,
      latencyMs,
      requests: eachProvider((provider) => asked[provider].length),
      operations: eachProvider((provider) => countEach(asked[provider])),
      wallMs,
      answeredMs: stage.answeredMs(),
      peakBytes,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await stage.close();
  }
}

function refuseWorthless(
  { name }: Scenario,
  violations: readonly string[],
  undone: string | undefined,
): void {
  if (undone !== undefined) throw new Error(`"${name}" was not done: ${undone}`);
  if (violations.length > 0)
    throw new Error(`"${name}" asked what the real services do not know:\n${violations.join("\n")}`);
}

function countEach(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}
