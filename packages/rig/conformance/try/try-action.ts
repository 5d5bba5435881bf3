import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Contract } from "@patchpilot/action-kit";
import { loadContract } from "@patchpilot/build/load-contract";
import { REPOSITORY as ROOT } from "@patchpilot/build/repository";
import type { StepRecord } from "@patchpilot/runner";
import { runBundle } from "../tests/bundles/support/run-bundle.ts";
import type { BundleStage } from "../tests/bundles/support/stages.ts";
import { seeChanges, seeRepository } from "./see-repository.ts";

/** What came of one run of an action. */
export type TriedAction = {
  readonly step: StepRecord;
  /** What a reader sees on GitHub that was not there before. */
  readonly changes: readonly (readonly [string, string])[];
};

export type TrialRequest = {
  readonly action: string;
  readonly prepare: () => Promise<BundleStage>;
  readonly inputs: Readonly<Record<string, string>>;
  readonly isInspected: boolean;
  readonly signal?: AbortSignal;
};

/** Where Node listens for a debugger. */
export const INSPECTOR_ADDRESS = "127.0.0.1:9229";

/** Prepares the world and runs the action in it from its sources, as a runner would run its bundle. */
export async function tryAction(request: TrialRequest): Promise<TriedAction> {
  const { action, prepare, inputs, isInspected, signal } = request;
  const source = join(ROOT, "actions", action);
  const contract = await loadContract(source);
  const stage = await prepare();
  const folder = linkSources(source);
  try {
    const before = seeRepository(stage.world);
    const step = await runBundle(stage.world, contract, {
      ...stage.run,
      inputs: { ...only(contract, stage.run.inputs ?? {}), ...inputs },
      env: { NODE_OPTIONS: `--conditions=source${isInspected ? ` --inspect-brk=${INSPECTOR_ADDRESS}` : ""}` },
      folder,
      ...(signal ? { signal } : {}),
    });
    return { step, changes: seeChanges(before, seeRepository(stage.world)) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await stage.close?.();
  }
}

/** The action with its sources in place of its bundle. */
function linkSources(source: string): string {
  const folder = mkdtempSync(join(tmpdir(), "patchpilot-try-"));
  const metadata = readFileSync(join(source, "action.yml"), "utf8");
  writeFileSync(join(folder, "action.yml"), metadata.replace("dist/index.js", "src/main.ts"));
  symlinkSync(join(source, "src"), join(folder, "src"));
  return folder;
}

/** A scenario passes what reaches every service; an action takes what it has an input for. */
function only(contract: Contract, inputs: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(inputs).filter(([name]) => name in contract.inputs.shape));
}
